/// Files that only their owner may read, on every system: settings, keys and the database lie in
/// such ones.
@NullMarked
package io.onebalance.files;

import org.jspecify.annotations.NullMarked;
