/// The web pages: plain forms that work without scripts. A page is a record made here and printed
/// by a typed template that escapes by context.
@NullMarked
package io.onebalance.console.pages;

import org.jspecify.annotations.NullMarked;
