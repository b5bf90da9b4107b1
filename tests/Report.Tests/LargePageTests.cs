namespace Dfx.Report.Tests;

/// <summary>A page of a hundred thousand cells; how long it takes is measured by <c>./dfx bench report</c>.</summary>
[TestFixture]
internal sealed class LargePageTests
{
    private const int Cells = 99_999;

    [Test]
    public async Task It_shows_a_page_of_rows_and_finds_the_last()
    {
        var folder = Directory.CreateTempSubdirectory("dfx-page-").FullName;
        try
        {
            await using var open = await Browser.Open(MadePage.WriteLarge(folder, Cells));
            Assert.That(await open.Page.Locator("#board tbody tr").CountAsync(), Is.EqualTo(100));
            Assert.That(await open.Page.Locator("#found").InnerTextAsync(), Is.EqualTo($"{Cells / 3} rows"));
            await open.Page.Locator("#search").FillAsync("m96");
            await Microsoft.Playwright.Assertions.Expect(open.Page.Locator("#found")).ToHaveTextAsync($"{Cells / 3 / 97} of {Cells / 3} rows");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
