/// Words of HTTP that several rooms share: header fields, which of them stop here, typed origins.
/// Pure: it knows no socket and no library of one.
@NullMarked
package io.onebalance.http;

import org.jspecify.annotations.NullMarked;
