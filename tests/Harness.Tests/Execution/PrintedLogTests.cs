using System.IO.Pipes;
using System.Text;
using Dfx.Harness.Execution.Host;
using Dfx.Harness.Store;
using Dfx.Harness.Tests.Plugins;

namespace Dfx.Harness.Tests.Execution;

/// <summary>What a child process prints, and the lines that it says, at the host's end of the pipes.</summary>
[CancelAfter(20_000)]
internal sealed class PrintedLogTests
{
    [Test]
    public void Each_job_has_what_was_printed_while_it_ran(CancellationToken token)
    {
        _ = token;
        using var scratch = new ScratchFolder();
        using var child = new AnonymousPipeServerStream(PipeDirection.Out);
        var log = new PrintedLog(new AnonymousPipeClientStream(PipeDirection.In, child.ClientSafePipeHandle));
        log.To(scratch.At("a.log"));
        child.Write("first"u8);
        log.Drain();
        log.To(scratch.At("b.log"));
        child.Write("second"u8);
        log.Drain();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(File.ReadAllText(scratch.At("a.log")), Is.EqualTo("first"));
            Assert.That(File.ReadAllText(scratch.At("b.log")), Is.EqualTo("second"));
            Assert.That(log.LastWords, Is.EqualTo("second"));
        }

        child.Dispose();
        log.Finish();
    }

    [Test]
    public void A_log_has_a_limit_and_the_last_words(CancellationToken token)
    {
        _ = token;
        using var scratch = new ScratchFolder();
        using var child = new AnonymousPipeServerStream(PipeDirection.Out);
        var log = new PrintedLog(new AnonymousPipeClientStream(PipeDirection.In, child.ClientSafePipeHandle));
        log.To(scratch.At("a.log"));
        var line = Encoding.ASCII.GetBytes(new string('x', 1 << 20));
        for (var i = 0; i < 9; i++)
        {
            child.Write(line);
        }

        child.Write("\nfree(): invalid pointer\n"u8);
        child.Dispose();
        log.Finish();
        var text = File.ReadAllText(scratch.At("a.log"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(text, Has.Length.LessThan(ResultsFolder.LongestLog + (1 << 15)));
            Assert.That(text, Does.Contain("[of 9437209 bytes that were printed").And.EndWith("free(): invalid pointer\n"));
            Assert.That(LastWords.Of(log.LastWords), Is.EqualTo("free(): invalid pointer"));
        }
    }

    /// <summary>A folder that somebody took away comes back; where there is a file in its place, the job goes without a log.</summary>
    [Test]
    public void A_log_that_cannot_be_written_is_no_error(CancellationToken token)
    {
        _ = token;
        using var scratch = new ScratchFolder();
        using var child = new AnonymousPipeServerStream(PipeDirection.Out);
        var log = new PrintedLog(new AnonymousPipeClientStream(PipeDirection.In, child.ClientSafePipeHandle));
        log.To(Path.Combine(scratch.Path, "logs", "a.log"));
        child.Write("one"u8);
        log.Drain();
        Assert.That(File.ReadAllText(scratch.At("logs/a.log")), Is.EqualTo("one"));
        log.To(Path.Combine(scratch.Write("file", ""), "b.log"));
        child.Write("two"u8);
        child.Dispose();
        log.Finish();
        Assert.That(log.LastWords, Is.EqualTo("two"));
    }

    /// <summary>A log of 60 MB that fills the device is cut, so that the next run can write at all.</summary>
    [Test]
    public void Logs_that_are_too_long_lose_their_end_when_a_run_begins(CancellationToken token)
    {
        _ = token;
        using var scratch = new ScratchFolder();
        var results = new ResultsFolder(scratch.Path);
        results.Create();
        File.WriteAllText(results.LogPath("short"), "short");
        using (var file = File.Create(results.LogPath("long")))
        {
            file.SetLength(3 * ResultsFolder.LongestLog);
        }

        File.CreateSymbolicLink(results.LogPath("link"), scratch.Write("elsewhere", new string('x', 9 << 20)));
        results.Create();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(new FileInfo(results.LogPath("long")).Length, Is.EqualTo(ResultsFolder.LongestLog));
            Assert.That(File.ReadAllText(results.LogPath("short")), Is.EqualTo("short"));
            Assert.That(new FileInfo(scratch.At("elsewhere")).Length, Is.EqualTo(9 << 20), "what a link leads to is not ours");
        }
    }

    [Test]
    public async Task Lines_that_are_no_messages_are_passed_over(CancellationToken token)
    {
        _ = token;
        var text = new MemoryStream();
        text.Write("\n\nfirst\r\n"u8);
        text.Write(new byte[BoundedLines.Longest + 1]);
        text.Write("\nsecond\nhalf"u8);
        text.Position = 0;
        var lines = new BoundedLines(text);
        Assert.That((await lines.Next(), await lines.Next(), await lines.Next()), Is.EqualTo(("first", "second", (string?)null)));
    }
}
