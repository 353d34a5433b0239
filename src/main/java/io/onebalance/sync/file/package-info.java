/// Places of keys that are files, and the forms that keys are written in.
@NullMarked
package io.onebalance.sync.file;

import org.jspecify.annotations.NullMarked;
