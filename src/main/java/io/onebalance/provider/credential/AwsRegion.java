package io.onebalance.provider.credential;

import java.util.regex.Pattern;

/// The names of AWS regions, which become part of a host: `us-east-1`, `ap-southeast-2`,
/// `us-gov-west-1`.
public final class AwsRegion {
  private static final Pattern REGION =
      Pattern.compile("[a-z]{2}(?:-[a-z]{1,12}){1,2}-[1-9][0-9]?");

  private AwsRegion() {}

  public static boolean isOne(String text) {
    return REGION.matcher(text).matches();
  }
}
