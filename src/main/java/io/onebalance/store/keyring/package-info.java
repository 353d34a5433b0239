/// The keys on disk and alive, in step: lists, edits with their audit rows, keys that arrive, and
/// what other instances do with them.
@NullMarked
package io.onebalance.store.keyring;

import org.jspecify.annotations.NullMarked;
