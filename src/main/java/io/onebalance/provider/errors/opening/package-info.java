/// Errors that come with a status of success: documents, first events, and silence. Good answers
/// are let go after a search for a few words. Pure.
@NullMarked
package io.onebalance.provider.errors.opening;

import org.jspecify.annotations.NullMarked;
