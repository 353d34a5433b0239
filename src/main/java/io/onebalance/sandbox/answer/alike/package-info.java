/// What several pretended providers answer nearly alike: lists of models, vectors, batches, sound,
/// and the pages of what stands before them.
@NullMarked
package io.onebalance.sandbox.answer.alike;

import org.jspecify.annotations.NullMarked;
