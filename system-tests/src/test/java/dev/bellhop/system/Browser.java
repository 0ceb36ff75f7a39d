package dev.bellhop.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.openqa.selenium.By;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A headless Chromium of this machine, as an operator uses it. */
final class Browser implements AutoCloseable {

    static final int DESK = 1280;
    static final int PHONE = 390;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Of axe, the accessibility checker: what is wrong, in lines. */
    private static final String AXE =
            """
            const done = arguments[arguments.length - 1];
            axe.run(document, {resultTypes: ['violations']}).then(found => done(found.violations.map(wrong =>
                wrong.id + ': ' + wrong.nodes.map(node => node.target + ' ' + node.failureSummary).join(' | '))));
            """;

    /** What has less than three times the contrast of what is behind it. */
    private static final String EDGES =
            """
            const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
            const light = colour => {
                canvas.fillStyle = colour;
                canvas.fillRect(0, 0, 1, 1);
                const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map(part => part / 255)
                    .map(part => part <= .03928 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4);
                return .2126 * r + .7152 * g + .0722 * b;
            };
            const contrast = (one, other) => (Math.max(one, other) + .05) / (Math.min(one, other) + .05);
            const page = document.createElement('i');
            page.style.color = 'Canvas';
            document.body.append(page);
            const empty = getComputedStyle(page).color;
            page.remove();
            const ground = element => {
                const colour = element ? getComputedStyle(element).backgroundColor : empty;
                return colour === 'rgba(0, 0, 0, 0)' ? ground(element.parentElement) : colour;
            };
            return [...document.querySelectorAll('input, select, button')].filter(field => field.checkVisibility())
                .filter(field => Math.max(
                    contrast(light(getComputedStyle(field).borderTopColor), light(ground(field.parentElement))),
                    contrast(light(ground(field)), light(ground(field.parentElement)))) < 3)
                .map(field => field.outerHTML);
            """;

    private final ChromeDriver driver;
    private final URI site;

    private Browser(ChromeDriver driver, URI site) {
        this.driver = driver;
        this.site = site;
    }

    /** Whether this machine has what it takes. */
    static boolean isInstalled() {
        return chromium().isPresent() && driver().isPresent();
    }

    private static Optional<File> chromium() {
        return program("chromium", "chromium-browser", "google-chrome");
    }

    private static Optional<File> driver() {
        return program("chromedriver");
    }

    private static Optional<File> program(String... names) {
        return Stream.of(String.valueOf(System.getenv("PATH")).split(File.pathSeparator))
                .flatMap(folder -> Arrays.stream(names).map(name -> new File(folder, name)))
                .filter(File::canExecute)
                .findFirst();
    }

    static Browser at(URI site) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium().orElseThrow());
        // The sandbox needs rights that a container, or root, does not have; the pages are our own.
        options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu");
        LoggingPreferences logging = new LoggingPreferences();
        logging.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logging);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(driver().orElseThrow())
                .usingAnyFreePort()
                .build();
        Browser browser = new Browser(new ChromeDriver(service, options), site);
        browser.driver.manage().timeouts().implicitlyWait(PATIENCE);
        browser.isAsWideAs(DESK);
        return browser;
    }

    void opens(String path) {
        driver.get(site.resolve(path).toString());
    }

    String path() {
        return URI.create(Objects.requireNonNull(driver.getCurrentUrl())).getPath();
    }

    /** The text of the first of these. */
    String sees(String css) {
        return found(By.cssSelector(css), WebElement::getText);
    }

    /** An attribute of the first of these, as it was written. */
    String sees(String css, String attribute) {
        return found(By.cssSelector(css), element -> String.valueOf(element.getDomAttribute(attribute)));
    }

    /** Sooner or later the page says all this: a form may still be on its way. */
    void shows(String... texts) {
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(text())
                .contains(texts));
    }

    String text() {
        return String.valueOf(runs("return document.querySelector('main').innerText"));
    }

    void clicks(String css) {
        clicks(By.cssSelector(css));
    }

    void types(String name, String text) {
        found(By.cssSelector("main [name='" + name + "']"), field -> {
            field.clear();
            field.sendKeys(text);
            return field;
        });
    }

    void presses(String button) {
        clicks(By.xpath("//main//button[normalize-space()='" + button + "']"));
    }

    void reloads() {
        driver.navigate().refresh();
    }

    void goesBack() {
        driver.navigate().back();
    }

    void losesItsSession() {
        driver.manage().deleteAllCookies();
    }

    /** Its network, from now on. */
    void isOffline(boolean offline) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand(
                "Network.emulateNetworkConditions",
                Map.of("offline", offline, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
    }

    void follows(String link) {
        clicks(By.linkText(link));
    }

    private void clicks(By what) {
        found(what, element -> {
            element.click();
            return element;
        });
    }

    /** Looks again where the page left or renewed what was found before it could be used. */
    private <T> T found(By what, Function<WebElement, T> use) {
        return Awaitility.await()
                .atMost(PATIENCE.multipliedBy(2))
                .ignoreException(StaleElementReferenceException.class)
                .until(() -> use.apply(driver.findElement(what)), result -> true);
    }

    Object runs(String script) {
        return Objects.requireNonNullElse(driver.executeScript(script), "");
    }

    WebElement focused() {
        return driver.switchTo().activeElement();
    }

    void isAsWideAs(int width) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", width < 600));
    }

    /** {@code light} or {@code dark}. */
    void prefers(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** Nothing sticks out of so many pixels: a telephone would shrink the page instead of cutting it. */
    void fits(int width) {
        Number needed = (Number) runs("return document.documentElement.scrollWidth");
        assertThat(needed.intValue()).as(path()).isLessThanOrEqualTo(width);
        assertThat(runs("return [...document.querySelectorAll('nav a')].filter(link =>"
                        + " link.getBoundingClientRect().right > innerWidth).map(link => link.textContent).join()"))
                .as(path())
                .isEqualTo("");
    }

    /** A table that goes on beyond its box is shaded there: a telephone shows no scroll bar. */
    void showsWhatScrolls() {
        assertThat(
                        runs(
                                "return [...document.querySelectorAll('.scroll')].filter(box => box.scrollWidth > box.clientWidth"
                                        + " && getComputedStyle(box).backgroundImage === 'none').map(box => box.ariaLabel).join()"))
                .as(path())
                .isEqualTo("");
    }

    /** Each field and button stands out from what is behind it, by its border or by its own colour, as WCAG 1.4.11 asks. */
    void showsItsEdges() {
        assertThat((List<?>) runs(EDGES)).as(path()).isEmpty();
    }

    /** By the judgement of axe. */
    void isAccessible() {
        driver.executeScript(axe());
        assertThat((List<?>) driver.executeAsyncScript(AXE)).as(path()).isEmpty();
    }

    private static String axe() {
        try (InputStream script = Objects.requireNonNull(Browser.class.getResourceAsStream("/axe.min.js"))) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** No error, no warning, no breach of the content security policy since the last time. */
    void complainsOfNothing() {
        assertThat(complaints()).isEmpty();
    }

    /** Of this alone since the last time. */
    void complainsOf(String text) {
        assertThat(complaints()).singleElement().asString().contains(text);
    }

    /** Of nothing else since the last time. */
    void complainsOnlyOf(String... texts) {
        assertThat(complaints()).allSatisfy(complaint -> assertThat(texts).anyMatch(complaint::contains));
    }

    private List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    /** The whole page. */
    void isPictured(Path file) {
        Map<String, Object> answer = driver.executeCdpCommand(
                "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true, "clip", clip()));
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, Base64.getDecoder().decode((String) Objects.requireNonNull(answer.get("data"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, Object> clip() {
        Object width = runs("return window.innerWidth");
        Object height = runs("return Math.min(document.documentElement.scrollHeight, 1200)");
        return Map.of("x", 0, "y", 0, "width", width, "height", height, "scale", 1);
    }

    @Override
    public void close() {
        driver.quit();
    }
}
