using System.Diagnostics;

namespace Dfx.Report.Tests;

/// <summary>A page of a hundred thousand cells.</summary>
[TestFixture]
internal sealed class LargePageTests
{
    private const int Cells = 99_999;

    [Test]
    public async Task It_is_written_and_opened_in_time()
    {
        var folder = Directory.CreateTempSubdirectory("dfx-page-").FullName;
        try
        {
            // Processor time, because other tests run beside this one.
            var before = Process.GetCurrentProcess().TotalProcessorTime;
            var path = MadePage.WriteLarge(folder, Cells);
            var write = Process.GetCurrentProcess().TotalProcessorTime - before;
            var opened = TimeSpan.MaxValue;
            for (var i = 0; i < 3; i++)
            {
                var clock = Stopwatch.StartNew();
                await using var open = await Browser.Open(path);
                opened = clock.Elapsed < opened ? clock.Elapsed : opened;
                Assert.That(await open.Page.Locator("#board tbody tr").CountAsync(), Is.EqualTo(100));
                Assert.That(await open.Page.Locator("#found").InnerTextAsync(), Is.EqualTo($"{Cells / 3} rows"));
            }

            TestContext.Out.WriteLine($"{new FileInfo(path).Length / 1e6:F1} MB, written in {write.TotalSeconds:F1} s, opened in {opened.TotalSeconds:F1} s");
            Assert.That(write, Is.LessThan(TimeSpan.FromSeconds(20)));
            Assert.That(opened, Is.LessThan(TimeSpan.FromSeconds(3)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
