/// The files settings come from, read into trees and lines that remember where they stood. It knows
/// no setting by name.
@NullMarked
package io.onebalance.settings.file;

import org.jspecify.annotations.NullMarked;
