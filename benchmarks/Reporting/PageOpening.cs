using System.Diagnostics;
using Microsoft.Playwright;

namespace Dfx.Benchmarks.Reporting;

/// <summary>How long a page takes in Debian's chromium, from the address to the first rows, and to the end of the file.</summary>
internal static class PageOpening
{
    internal static void Measure(string file, int rounds) => Run(file, rounds).GetAwaiter().GetResult();

    private static async Task Run(string file, int rounds)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox"] });
        for (var round = 0; round < rounds; round++)
        {
            await using var context = await browser.NewContextAsync(new() { Offline = true });
            var page = await context.NewPageAsync();
            var clock = Stopwatch.StartNew();
            await page.GotoAsync(new Uri(file).AbsoluteUri, new() { WaitUntil = WaitUntilState.Commit });
            await page.Locator("#board tbody tr").First.WaitForAsync();
            var rows = clock.Elapsed;
            await page.WaitForLoadStateAsync(LoadState.Load);
            Console.WriteLine(FormattableString.Invariant($"page: first rows after {rows.TotalSeconds:F1} s, loaded after {clock.Elapsed.TotalSeconds:F1} s"));
        }
    }
}
