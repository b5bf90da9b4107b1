using System.Text.Json;
using System.Text.RegularExpressions;
using Dfx.Harness.Reporting;
using Dfx.Harness.Tests.Reporting;
using Microsoft.Playwright;

namespace Dfx.Report.Tests;

/// <summary>The page in a browser, from a file, without a network.</summary>
[TestFixture]
internal sealed partial class PageTests
{
    private string _folder = "";
    private string _path = "";

    [OneTimeSetUp]
    public void Write()
    {
        _folder = Directory.CreateTempSubdirectory("dfx-page-").FullName;
        _path = MadePage.Write(_folder);
    }

    [OneTimeTearDown]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [TestCase(1280, ColorScheme.Light)]
    [TestCase(1280, ColorScheme.Dark)]
    [TestCase(390, ColorScheme.Light)]
    [TestCase(390, ColorScheme.Dark)]
    public async Task It_draws_everything_without_a_complaint_a_barrier_or_a_sideways_scroll(int width, ColorScheme scheme)
    {
        await using var open = await Browser.Open(_path, width, scheme);
        var drawn = await open.DrawFigures();
        var overflow = await open.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth");
        var barriers = await Barriers(open.Page);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(drawn, Is.EqualTo(6));
            Assert.That(open.Complaints, Is.Empty);
            Assert.That(overflow, Is.Zero);
            Assert.That(barriers, Is.Empty);
        }
    }

    [Test]
    public async Task A_head_sorts_by_its_column_and_back()
    {
        await using var open = await Browser.Open(_path);
        var head = open.Page.GetByRole(AriaRole.Button, new() { Name = "fd", Exact = true });
        await head.ClickAsync();
        var rising = await Numbers(open.Page);
        await head.ClickAsync();
        var falling = await Numbers(open.Page);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(rising, Is.Ordered.And.Count.EqualTo(16));
            Assert.That(falling, Is.Ordered.Descending.And.Count.EqualTo(16));
            Assert.That(await open.Page.Locator("th[aria-sort=descending]").InnerTextAsync(), Does.StartWith("fd"));
        }
    }

    /// <summary>What people look for: the comparison at a glance and the images, before any table.</summary>
    [Test]
    public async Task The_figure_and_the_images_stand_above_the_numbers()
    {
        await using var open = await Browser.Open(_path);
        var order = await open.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('main figure, main table')].map(e => e.id || e.className || 'table')");
        Assert.That(order.Take(2), Is.EqualTo(new[] { "figure-best-fd_d_generate", "sheet" }));
        Assert.That(await open.DrawFigures(), Is.Positive);
        await Assertions.Expect(open.Page.Locator("#figure-best-fd_d_generate .plot svg.marks")).ToHaveCountAsync(1);
        Assert.That(await open.Page.Locator("#figure-best-fd_d_generate h3").InnerTextAsync(), Does.Contain("best sampler"), "each drawing stands under its own title");
        Assert.That(await open.Page.Locator("#figure-best-fd_d_generate .plot").InnerTextAsync(), Does.Contain(", heun").Or.Contain(", ddim"));
    }

    [Test]
    public async Task A_metric_can_be_switched_off_and_on()
    {
        var path = MadePage.WriteBoard(_folder, [.. MadeResults.Grid().Select((cell, i) => cell with
        {
            Outcome = cell.Outcome! with { Metrics = [.. cell.Outcome.Metrics, cell.Outcome.Metrics[0] with { Name = "recall", Value = i }] },
        })]);
        await using var open = await Browser.Open(path);
        var heads = open.Page.Locator("#board thead th[data-name]");
        var all = await heads.AllInnerTextsAsync();
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "fd", Exact = true }).ClickAsync();
        var sorted = await Numbers(open.Page);
        await open.Page.Locator("input[data-metric=fd]").UncheckAsync();
        Assert.That(await heads.AllInnerTextsAsync(), Is.EqualTo(all.Where(head => head != "fd")));
        Assert.That(await Barriers(open.Page), Is.Empty);
        await open.Page.Locator("input[data-metric=fd]").CheckAsync();
        Assert.That(await heads.AllInnerTextsAsync(), Is.EqualTo(all));
        Assert.That(await Numbers(open.Page), Is.EqualTo(sorted), "still sorted by it");
    }

    [TestCase(1280)]
    [TestCase(500)]
    public async Task The_first_column_stays_in_view(int width)
    {
        await using var open = await Browser.Open(_path, width);
        var moved = await open.Page.EvaluateAsync<double[]>("""
            (() => {
              const table = document.getElementById("board"), frame = table.parentElement;
              frame.style.width = "420px";
              dispatchEvent(new Event("resize"));
              frame.scrollLeft = 200;
              const cells = table.tBodies[0].rows[0].cells;
              return [frame.scrollLeft, cells[0].getBoundingClientRect().left - frame.getBoundingClientRect().left];
            })()
            """);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(moved[0], Is.GreaterThan(100), "it scrolled");
            Assert.That(moved[1], Is.Zero.Within(1));
        }
    }

    /// <summary>The rule of every leaderboard: two seeds that scatter mark nobody, whatever their means, and blocks do not compete.</summary>
    [TestCase(0.01, "close")]
    [TestCase(1, null)]
    public async Task A_value_is_marked_only_if_its_interval_is_apart_from_the_next(double scatter, string? marked)
    {
        CellRow[] elsewhere = [MadeResults.Cell("alone", "heun", 35, 0, 0.1), MadeResults.Cell("alone", "heun", 35, 1, 0.1)];
        var path = MadePage.WriteBoard(_folder, [.. elsewhere, .. from row in ((string Name, double Mean)[])[("close", 1), ("far", 5), ("farther", 9)]
            from seed in (int[])[0, 1]
            select MadeResults.Cell(row.Name, "heun", 5, seed, row.Mean + (scatter * seed))]);
        await using var open = await Browser.Open(path);
        var best = await open.Page.Locator("#board tbody tr:has(.best)").AllInnerTextsAsync();
        Assert.That(best.Select(text => text.Split('\t')[1].Trim()), Is.EqualTo(marked is null ? Array.Empty<string>() : [marked]));
        await open.Page.Locator("#search").FillAsync("far");
        await Assertions.Expect(open.Page.Locator("#found")).ToHaveTextAsync("2 of 4 rows");
        Assert.That(await open.Page.Locator("#board tbody tr:has(.best)").CountAsync(), Is.EqualTo(marked is null ? 0 : 1), "far is the best of those that are found");
    }

    [Test]
    public async Task Words_and_choices_filter()
    {
        await using var open = await Browser.Open(_path);
        await open.Page.Locator("#search").FillAsync("p2");
        await Assertions.Expect(open.Page.Locator("#found")).ToHaveTextAsync("8 of 18 rows");
        await open.Page.Locator("select[data-column=sampler]").SelectOptionAsync("heun");
        await Assertions.Expect(open.Page.Locator("#found")).ToHaveTextAsync("4 of 18 rows");
        Assert.That(await open.Page.Locator("#board tbody tr").CountAsync(), Is.EqualTo(4));
        await open.Page.Locator("#search").FillAsync("no such row");
        await Assertions.Expect(open.Page.Locator("#found")).ToHaveTextAsync("0 of 18 rows");
    }

    [Test]
    public async Task A_point_shows_its_numbers()
    {
        await using var open = await Browser.Open(_path);
        await open.DrawFigures();
        await open.Page.Locator("#figure-nfe-fd_d_generate .mark-symbol path[aria-roledescription=point]").First.HoverAsync(new() { Force = true });
        var tooltip = open.Page.Locator("#vg-tooltip-element.visible");
        await Assertions.Expect(tooltip).ToContainTextAsync("20.5");
        await Assertions.Expect(tooltip).ToContainTextAsync("seeds");
    }

    [Test]
    public async Task The_button_goes_through_the_colours()
    {
        await using var open = await Browser.Open(_path);
        var light = await Ground(open.Page);
        var button = open.Page.Locator("#theme");
        await button.ClickAsync();
        Assert.That(await Ground(open.Page), Is.EqualTo(light), "light");
        await button.ClickAsync();
        Assert.That(await Ground(open.Page), Is.Not.EqualTo(light), "dark");
    }

    /// <summary>From the top by the keyboard alone: the first row's cells open with Enter and close with Escape.</summary>
    [Test]
    public async Task The_keyboard_leads_from_a_number_to_its_records()
    {
        await using var open = await Browser.Open(_path);
        await open.Page.Keyboard.PressAsync("Tab");
        Assert.That(await open.Page.EvaluateAsync<string>("document.activeElement.className"), Is.EqualTo("skip"));
        for (var presses = 0; presses < 60 && !await IsAtCells(open.Page); presses++)
        {
            await open.Page.Keyboard.PressAsync("Tab");
        }

        await open.Page.Keyboard.PressAsync("Enter");
        var dialog = open.Page.Locator("dialog[open]");
        Assert.That(await dialog.Locator("a[href^='records/']").CountAsync(), Is.EqualTo(2));
        Assert.That(await dialog.Locator("a").First.GetAttributeAsync("href"), Does.Match("^records/[0-9a-f]{64}\\.json$"));
        Assert.That(await Barriers(open.Page), Is.Empty);
        await open.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(dialog).ToHaveCountAsync(0);
    }

    [Test]
    public async Task Print_is_dark_on_white_without_buttons()
    {
        await using var open = await Browser.Open(_path, scheme: ColorScheme.Dark);
        await open.Page.EmulateMediaAsync(new() { Media = Media.Print });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await Ground(open.Page), Is.EqualTo("rgb(255, 255, 255)"));
            Assert.That(await open.Page.Locator("#theme").IsVisibleAsync(), Is.False);
            Assert.That(await open.Page.Locator("#filters").IsVisibleAsync(), Is.False);
        }
    }

    private static Task<string> Ground(IPage page) => page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");

    private static Task<bool> IsAtCells(IPage page) => page.EvaluateAsync<bool>("document.activeElement.closest('#board tbody') !== null");

    private static async Task<List<double>> Numbers(IPage page)
    {
        var texts = await page.Locator("#board tbody td.number:has(.spread)").AllInnerTextsAsync();
        return [.. texts.Select(text => double.Parse(First().Match(text).Value, System.Globalization.CultureInfo.InvariantCulture))];
    }

    /// <summary>What axe-core finds, as text.</summary>
    private static async Task<List<string>> Barriers(IPage page)
    {
        var axe = Path.Combine(TestContext.CurrentContext.TestDirectory, "web", "axe.min.js");
        Assume.That(File.Exists(axe), $"{axe} is missing: ./dfx test gets it with npm");
        await page.EvaluateAsync(await File.ReadAllTextAsync(axe));
        var found = await page.EvaluateAsync<JsonElement>("axe.run().then(result => result.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).join(' | ')))");
        return [.. found.EnumerateArray().Select(text => text.GetString()!)];
    }

    [GeneratedRegex(@"^[\d.]+")]
    private static partial Regex First();
}
