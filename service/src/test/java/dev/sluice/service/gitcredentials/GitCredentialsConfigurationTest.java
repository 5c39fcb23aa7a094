package dev.sluice.service.gitcredentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.backend.tck.MovableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitCredentialsConfigurationTest {

  private static final String APP = "gitCredentials.github-app.";
  private static final String FIRST = "gitCredentials.static.tokens[0].";

  private static final Map<String, String> VARIABLES =
      Map.of(
          "PKCS1", GitHubStandIn.pkcs1(),
          "PKCS8", GitHubStandIn.pkcs8(),
          "ONE_LINE", GitHubStandIn.pkcs1().replace("\n", "\\n"),
          "SMALL", small(),
          "NONSENSE", GitHubStandIn.pem("PRIVATE KEY", new byte[] {1, 2, 3}),
          "ENCRYPTED", GitHubStandIn.pem("ENCRYPTED PRIVATE KEY", new byte[] {1, 2, 3}),
          "TOKEN", "a-secret-token",
          "SPACED", "a secret token",
          "BLANK", " ");

  @Test
  void keysOfBothFormsAreTaken(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("key.pem"), GitHubStandIn.pkcs1());
    for (String key :
        new String[] {
          "privateKeyVariable: PKCS1",
          "privateKeyVariable: PKCS8",
          "privateKeyVariable: ONE_LINE",
          "privateKeyFile: \"" + file + "\""
        }) {
      assertThatCode(() -> build(app(key))).as(key).doesNotThrowAnyException();
    }
  }

  @Test
  void theWrongKeyIsNamed(@TempDir Path directory) throws Exception {
    String binary = directory.resolve("binary").toString();
    Files.write(Path.of(binary), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    String large = directory.resolve("large").toString();
    Files.write(Path.of(large), new byte[70_000]);

    Map<String, String> wrong = new LinkedHashMap<>();
    wrong.put("{type: github-app}", APP + "appId is required");
    wrong.put("{type: github-app, github-app: {appId: 1}}", APP + "privateKeyFile or");
    wrong.put(app("privateKeyFile: x, privateKeyVariable: PKCS1"), "not both");
    wrong.put(app("privateKeyFile: /no/such/file"), APP + "privateKeyFile names a file that can't");
    wrong.put(app("privateKeyFile: \"" + binary + "\""), APP + "privateKeyFile");
    wrong.put(app("privateKeyFile: \"" + large + "\""), APP + "privateKeyFile");
    wrong.put(app("privateKeyVariable: UNSET"), APP + "privateKeyVariable names a variable that");
    wrong.put(app("privateKeyVariable: BLANK"), APP + "privateKeyVariable");
    wrong.put(app("privateKeyVariable: TOKEN"), APP + "privateKeyVariable holds no private key");
    wrong.put(app("privateKeyVariable: NONSENSE"), APP + "privateKeyVariable holds no RSA key");
    wrong.put(app("privateKeyVariable: ENCRYPTED"), APP + "privateKeyVariable holds an encrypted");
    wrong.put(app("privateKeyVariable: SMALL"), APP + "privateKeyVariable holds an RSA key of");
    for (String url :
        new String[] {
          "http://api.github.com",
          "ftp://x",
          "x",
          "https://me:pw@x",
          "https://x/?a=b",
          "https:// x",
          "http://127.0.0.1.example.com"
        }) {
      wrong.put(app("privateKeyVariable: PKCS1, apiUrl: \"" + url + "\""), APP + "apiUrl");
    }
    wrong.put(app("privateKeyVariable: PKCS1, host: \"a/b\""), APP + "host");
    wrong.put(app("privateKeyVariable: PKCS1, renewBefore: 55m"), APP + "renewBefore");
    wrong.put(app("privateKeyVariable: PKCS1, renewBefore: soon"), "soon");
    wrong.put(app("privateKeyVariable: PKCS1, privateKey: x"), "privateKey");
    wrong.put(
        "{type: github-app, github-app: {appId: \"a b\", privateKeyVariable: PKCS1}}",
        APP + "appId");

    wrong.put("{type: static}", "gitCredentials.static.tokens is required");
    wrong.put("{type: static, static: {tokens: []}}", "gitCredentials.static.tokens is required");
    wrong.put(token("tokenVariable: TOKEN"), FIRST + "repository is required");
    for (String pattern :
        new String[] {
          "*",
          "github.com",
          "github.com*",
          "*.com/x",
          "http://github.com/a/b",
          "a/*/b",
          "git hub/x",
          "github.com/acme/"
        }) {
      wrong.put(
          token("repository: \"" + pattern + "\", tokenVariable: TOKEN"), FIRST + "repository");
    }
    String docs = "repository: github.com/acme/docs, ";
    wrong.put(token("repository: github.com/acme/docs"), FIRST + "tokenFile or");
    wrong.put(token(docs + "tokenVariable: UNSET"), FIRST + "tokenVariable");
    wrong.put(token(docs + "tokenVariable: SPACED"), FIRST + "tokenVariable");
    wrong.put(token(docs + "tokenFile: /no/such"), FIRST + "tokenFile");
    wrong.put(token(docs + "tokenVariable: TOKEN, lifetime: 1s"), FIRST + "lifetime");
    wrong.put(token(docs + "token: a-secret-token"), "token");
    wrong.put("{type: vault}", "vault");

    wrong.forEach(
        (block, text) ->
            assertThatThrownBy(() -> build(block), block)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text)
                .satisfies(
                    problem ->
                        assertThat(problem.getMessage())
                            .doesNotContain("a-secret-token", "a secret token", "MII")));
  }

  @Test
  void noneIsTheSourceOfNothing() {
    assertThat(build("{type: none, static: {tokens: []}}")).isSameAs(GitCredentialSource.NONE);
  }

  private static GitCredentialSource build(String block) {
    return Blocks.source(block, new MovableClock().utc(), VARIABLES);
  }

  private static String app(String keys) {
    return "{type: github-app, github-app: {appId: 4711, " + keys + "}}";
  }

  private static String token(String keys) {
    return "{type: static, static: {tokens: [{" + keys + "}]}}";
  }

  private static String small() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(1_024);
      return GitHubStandIn.pem(
          "PRIVATE KEY", generator.generateKeyPair().getPrivate().getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
