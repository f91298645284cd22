package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How browsers and proxies may keep the files of pages. */
@Tag("quick")
@ExtendWith(AtTheShop.class)
class StaticFilesIT {

    private static final Pattern SCRIPT = Pattern.compile("src=\"(lockstep/[0-9a-f]{16}/index\\.js)\"");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private URI url;

    @BeforeEach
    void shopIsOpen(RunningShop shop) {
        url = shop.url();
    }

    @Test
    void partsOfAPageAreNamedByTheirContent_andKeptForever() throws Exception {
        HttpResponse<byte[]> part = get(scriptOfTheOrderPage());
        assertThat(part.statusCode()).isEqualTo(200);
        assertThat(header(part, "Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
        assertThat(header(part, "Content-Type")).startsWith("text/javascript");
        assertThat(header(part, "Content-Security-Policy")).contains("script-src 'self'");
    }

    @Test
    void pageIsAskedForEachTime_andSentOnlyIfItChanged() throws Exception {
        HttpResponse<byte[]> page = get("");
        assertThat(header(page, "Cache-Control")).isEqualTo("no-cache");
        HttpResponse<byte[]> again = get("", "If-None-Match", header(page, "ETag"));
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(get("", "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
    }

    @Test
    void filesAreCompressedForWhoReadsThat() throws Exception {
        String script = scriptOfTheOrderPage();
        HttpResponse<byte[]> plain = get(script);
        HttpResponse<byte[]> zipped = get(script, "Accept-Encoding", "br, gzip;q=0.5");
        assertThat(header(zipped, "Content-Encoding")).isEqualTo("gzip");
        assertThat(header(zipped, "Vary")).isEqualTo("Accept-Encoding");
        assertThat(header(zipped, "ETag")).isNotEqualTo(header(plain, "ETag"));
        assertThat(zipped.body()).hasSizeLessThan(plain.body().length / 3);
        assertThat(unzipped(zipped.body())).isEqualTo(plain.body());
        assertThat(get(script, "Accept-Encoding", "gzip;q=0").headers().firstValue("Content-Encoding"))
                .isEmpty();
    }

    /** As a page that was opened before an upgrade would ask. */
    @Test
    void partOfAnotherVersion_isNotThere() throws Exception {
        String script = scriptOfTheOrderPage();
        String former = script.replaceAll("[0-9a-f]{16}", "0123456789abcdef");
        assertThat(get(script).statusCode()).isEqualTo(200);
        assertThat(get(former).statusCode()).isEqualTo(404);
    }

    private String scriptOfTheOrderPage() throws IOException, InterruptedException {
        Matcher script = SCRIPT.matcher(new String(get("").body(), StandardCharsets.UTF_8));
        assertThat(script.find()).isTrue();
        return script.group(1);
    }

    private HttpResponse<byte[]> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url.resolve(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private static byte[] unzipped(byte[] zipped) {
        try (InputStream content = new GZIPInputStream(new ByteArrayInputStream(zipped))) {
            return content.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
