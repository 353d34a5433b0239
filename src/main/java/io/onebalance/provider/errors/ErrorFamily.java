package io.onebalance.provider.errors;

/// How a provider words its errors. OpenAI's also covers the many that follow its shape more or
/// less; media is the rest, each with an envelope of its own.
public enum ErrorFamily {
  GOOGLE,
  VERTEX,
  OPENAI,
  AZURE,
  ANTHROPIC,
  BEDROCK,
  WORKERS_AI,
  MEDIA
}
