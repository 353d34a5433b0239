/// One HTTP question, asked over Vert.x, and every way it can end. It knows no key, no provider and
/// no retry.
@NullMarked
package io.onebalance.upstream;

import org.jspecify.annotations.NullMarked;
