using Microsoft.Playwright;

namespace Dfx.Report.Tests;

/// <summary>Debian's chromium for all tests: nothing is downloaded.</summary>
[SetUpFixture]
internal sealed class Browser
{
    private const string Path = "/usr/bin/chromium";

    private static IPlaywright? s_playwright;
    private static IBrowser? s_browser;

    [OneTimeSetUp]
    public static async Task Start()
    {
        Assume.That(File.Exists(Path), $"{Path} is missing: apt-get install chromium");
        s_playwright = await Playwright.CreateAsync();
        s_browser = await s_playwright.Chromium.LaunchAsync(new() { ExecutablePath = Path, Args = ["--no-sandbox"] });
    }

    [OneTimeTearDown]
    public static async Task Stop()
    {
        if (s_browser is not null)
        {
            await s_browser.CloseAsync();
        }

        s_playwright?.Dispose();
    }

    /// <summary>Opens a file as a person would, and waits until the leaderboard is there.</summary>
    internal static async Task<OpenPage> Open(string file, int width = 1280, ColorScheme scheme = ColorScheme.Light)
    {
        var page = await s_browser!.NewPageAsync(new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = scheme, Offline = true });
        List<string> complaints = [];
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => complaints.Add(error);
        await page.GotoAsync(new Uri(file).AbsoluteUri);
        await page.Locator("#board tbody tr").First.WaitForAsync();
        return new(page, complaints);
    }
}

/// <summary>A page with what it complained of.</summary>
internal sealed record OpenPage(IPage Page, List<string> Complaints) : IAsyncDisposable
{
    /// <summary>Scrolls to every figure and waits until it is drawn.</summary>
    internal async Task<int> DrawFigures()
    {
        var plots = await Page.Locator("[data-figure]").AllAsync();
        foreach (var plot in plots)
        {
            await plot.ScrollIntoViewIfNeededAsync();
            await plot.Locator("svg.marks").WaitForAsync();
        }

        return plots.Count;
    }

    public async ValueTask DisposeAsync() => await Page.CloseAsync();
}
