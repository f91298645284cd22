package dev.lockstep.flow.wire;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.glassfish.grizzly.ssl.SSLEngineConfigurator;
import org.glassfish.grizzly.ssl.SSLFilter;

/** What TLS needs: the listener a certificate of its own, the client those of the peers. The signatures are beside it. */
public final class Tls {

    /** The setting with the listener's certificate and private key, a PKCS #12 file. */
    public static final String KEYSTORE = "LOCKSTEP_FLOW_KEYSTORE";

    /** The setting with a file whose only line is the password of {@link #KEYSTORE}. */
    public static final String PASSWORD_FILE = "LOCKSTEP_FLOW_KEYSTORE_PASSWORD_FILE";

    /** The setting with a file of the certificates that the client trusts, in PEM; unset: those that Java trusts. */
    public static final String CERTIFICATES = "LOCKSTEP_FLOW_CERTIFICATES";

    private static final String PROTOCOL = "TLSv1.3";
    private static final boolean IS_SERVER = false;

    private final Optional<SSLContext> server;
    private final Optional<SSLContext> client;

    private Tls(Optional<SSLContext> server, Optional<SSLContext> client) {
        this.server = server;
        this.client = client;
    }

    /**
     * Reads what the settings name.
     *
     * @param environment the process's environment
     * @return what there is
     * @throws IOException naming the setting whose file cannot be used, and why
     */
    public static Tls from(Map<String, String> environment) throws IOException {
        Optional<Path> keystore = file(environment, KEYSTORE);
        Optional<Path> password = file(environment, PASSWORD_FILE);
        Optional<Path> certificates = file(environment, CERTIFICATES);
        if (keystore.isPresent() != password.isPresent()) {
            throw new IOException(KEYSTORE + " and " + PASSWORD_FILE + " must both be set, or neither");
        }
        return new Tls(
                keystore.isEmpty() ? Optional.empty() : Optional.of(server(keystore.get(), password.orElseThrow())),
                certificates.isEmpty() ? Optional.empty() : Optional.of(client(certificates.get())));
    }

    private static Optional<Path> file(Map<String, String> environment, String setting) {
        return Optional.of(environment.getOrDefault(setting, ""))
                .filter(text -> !text.isEmpty())
                .map(Path::of);
    }

    private static SSLContext server(Path keystore, Path passwordFile) throws IOException {
        try (InputStream in = Files.newInputStream(keystore)) {
            char[] password = Files.readString(passwordFile).strip().toCharArray();
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, password);
            SSLContext context = SSLContext.getInstance(PROTOCOL);
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IOException(
                    KEYSTORE + "=" + keystore + " must be a PKCS #12 file with the password in " + PASSWORD_FILE + "="
                            + passwordFile + ": " + reason(e),
                    e);
        }
    }

    private static SSLContext client(Path certificates) throws IOException {
        try (InputStream in = Files.newInputStream(certificates)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry(Integer.toString(store.size()), certificate);
            }
            if (store.size() == 0) {
                throw new CertificateException("it has none");
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance(PROTOCOL);
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IOException(
                    CERTIFICATES + "=" + certificates + " must be a file of certificates in PEM: " + reason(e), e);
        }
    }

    private static String reason(Exception failure) {
        return failure instanceof NoSuchFileException
                ? "there is no file " + failure.getMessage()
                : failure.getMessage();
    }

    Optional<SSLFilter> server() {
        return server.map(context -> {
            SSLEngineConfigurator engines = new SSLEngineConfigurator(context, IS_SERVER, false, false);
            engines.setEnabledProtocols(new String[] {PROTOCOL});
            return new SSLFilter(engines, null);
        });
    }

    Optional<SSLContext> client() {
        return client;
    }
}
