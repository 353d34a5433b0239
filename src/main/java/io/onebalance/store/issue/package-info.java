/// Gateway keys that are issued over the API: stored as hashes, in force at once, and never revived
/// by an old copy of the database.
@NullMarked
package io.onebalance.store.issue;

import org.jspecify.annotations.NullMarked;
