/// Keys that are more than one text: what people may write, what is wrong with what they wrote, and
/// the parts that must never be seen. Pure.
@NullMarked
package io.onebalance.provider.credential;

import org.jspecify.annotations.NullMarked;
