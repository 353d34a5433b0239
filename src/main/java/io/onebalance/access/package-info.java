/// Gateway keys: who may come in, and what each caller may ask for. Pure: it never sees a provider
/// key.
@NullMarked
package io.onebalance.access;

import org.jspecify.annotations.NullMarked;
