/// Anthropic's Messages API, towards clients (Claude Code, the SDKs) and towards providers
/// (Anthropic itself and those that speak like it). The two public classes are its sides; what is
/// behind them is nobody else's.
@NullMarked
package io.onebalance.dialect.anthropic;

import org.jspecify.annotations.NullMarked;
