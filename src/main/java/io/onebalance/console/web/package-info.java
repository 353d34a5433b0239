/// The words of a visit to the console: routes and who may use them, forms, refusals, answers. It
/// knows no key, no page and no session's inside.
@NullMarked
package io.onebalance.console.web;

import org.jspecify.annotations.NullMarked;
