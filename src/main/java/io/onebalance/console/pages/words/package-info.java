/// What pages say and in which language: messages, sentences of other rooms, numbers, times.
@NullMarked
package io.onebalance.console.pages.words;

import org.jspecify.annotations.NullMarked;
