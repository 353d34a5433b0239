/// Keys from one place to another, with what is known of them: what travels, what becomes of it,
/// and how a round goes. Places are known by one interface; each kind is a small class in `remote`
/// or `file`. No key is ever printed.
@NullMarked
package io.onebalance.sync;

import org.jspecify.annotations.NullMarked;
