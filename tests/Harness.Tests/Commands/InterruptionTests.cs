using System.Diagnostics;
using Dfx.Harness.Commands;

namespace Dfx.Harness.Tests.Commands;

/// <summary>What the first and the second signal do, with an end that is only written down.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.Children)]
public sealed class InterruptionTests
{
    private readonly List<string> _said = [];
    private readonly TaskCompletionSource<int> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Test]
    public void The_first_asks_and_ends_whoever_does_not_listen()
    {
        using var interruption = Make();
        var clock = Stopwatch.StartNew();
        interruption.Ask();
        Assert.That(interruption.Token.WaitHandle.WaitOne(500), "the command is asked");
        Assert.That(_ended.Task.Wait(5000), "it is ended");
        Assert.That(_ended.Task.Result, Is.EqualTo(130));
        Assert.That(clock.Elapsed, Is.GreaterThan(Interruption.Moment * 0.9), "it has a moment to end by itself");
        Assert.That(_said, Has.Count.EqualTo(1).And.All.StartsWith("dfx: interrupted"));
    }

    [Test]
    public void The_second_ends_at_once_and_says_nothing()
    {
        using var interruption = Make();
        using var saving = interruption.While(TimeSpan.FromMinutes(1), "it saves");
        interruption.Ask();
        Assert.That(_ended.Task.Wait(1000), Is.False, "whoever saves has time");
        Assert.That(_said, Is.EqualTo(new[] { "dfx: stopping: it saves. Once more ends it at once." }));
        interruption.Ask();
        Assert.That(_ended.Task.IsCompleted);
        Assert.That((_ended.Task.Result, _said.Count), Is.EqualTo((130, 1)));
    }

    /// <summary>Where saving is over without a signal it gives no more time; where it ends after one, what is left is to say so.</summary>
    [Test]
    public void More_time_is_for_saving_alone()
    {
        using var interruption = Make();
        interruption.While(TimeSpan.FromMinutes(1), "it saves").Dispose();
        interruption.Ask();
        Assert.That(_ended.Task.Wait(5000));
    }

    [Test]
    public void Saving_has_an_end_too()
    {
        using var interruption = Make();
        using var saving = interruption.While(TimeSpan.FromSeconds(0.8), "it saves");
        interruption.Ask();
        Assert.That(_ended.Task.Wait(5000));
    }

    /// <summary>Other processes of its own end with it, and hold nothing up.</summary>
    [Test]
    public void What_is_last_comes_before_the_end([Values] bool hangs)
    {
        using var interruption = Make();
        var ended = false;
        interruption.Last(() =>
        {
            ended = true;
            Thread.Sleep(hangs ? Timeout.Infinite : 0);
        });
        interruption.Ask();
        Assert.That(_ended.Task.Wait(5000));
        Assert.That(ended);
    }

    /// <summary>A pipe that nobody reads.</summary>
    [Test]
    public void Words_that_nobody_takes_keep_nothing_up()
    {
        using var interruption = new Interruption(_ended.SetResult, _ => Thread.Sleep(Timeout.Infinite));
        var clock = Stopwatch.StartNew();
        interruption.Ask();
        Assert.That(_ended.Task.Wait(5000));
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(3)));
    }

    /// <summary>An exception in whatever waits for the token is no end of the process.</summary>
    [Test]
    public void What_fails_when_it_is_asked_does_not_reach_the_signal()
    {
        using var interruption = Make();
        using var failing = interruption.Token.Register(() => throw new InvalidOperationException("no such process"));
        Assert.That(interruption.Ask, Throws.Nothing);
        Assert.That(_ended.Task.Wait(5000));
    }

    private Interruption Make() => new(code => _ended.TrySetResult(code), _said.Add);
}
