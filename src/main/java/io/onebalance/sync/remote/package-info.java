/// Places of keys that are reached over HTTP.
@NullMarked
package io.onebalance.sync.remote;

import org.jspecify.annotations.NullMarked;
