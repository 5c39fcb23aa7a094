package dev.sluice.service.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;

/** Numbers that fit a double; most clients reject others. */
final class FiniteNumbers {

  private FiniteNumbers() {}

  /** True if {@code json}, which was parsed before, holds no others, at any depth. */
  static boolean alone(String json) {
    if (json.startsWith("\"")) {
      return true;
    }
    try (JsonParser parser = JsonBody.FACTORY.createParser(json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isNumeric() && !finite(parser.getText())) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      return false; // not reached: it was parsed before
    }
  }

  private static boolean finite(String number) {
    if (number.length() < 300 && number.indexOf('e') < 0 && number.indexOf('E') < 0) {
      return true;
    }
    try {
      return Double.isFinite(new BigDecimal(number).doubleValue());
    } catch (NumberFormatException e) {
      return false; // an exponent of more than ten digits, which Jackson can't read either
    }
  }
}
