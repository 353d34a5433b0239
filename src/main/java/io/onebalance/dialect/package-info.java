/// The dialects that clients and providers speak, to and from `chat`: one package a dialect, each
/// with a side that faces clients and a side that faces providers. Pure.
@NullMarked
package io.onebalance.dialect;

import org.jspecify.annotations.NullMarked;
