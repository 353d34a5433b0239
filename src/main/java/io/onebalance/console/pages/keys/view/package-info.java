/// What the pages of keys show, as records that templates print, and which keys somebody looks at.
@NullMarked
package io.onebalance.console.pages.keys.view;

import org.jspecify.annotations.NullMarked;
