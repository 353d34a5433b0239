/// The database as a file: who may have it open, whether it is sound, which schema it has. It knows
/// no table but the one that holds the schema's version.
@NullMarked
package io.onebalance.store.file;

import org.jspecify.annotations.NullMarked;
