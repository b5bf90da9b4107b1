using System.Reflection;
using Dfx.Harness.Execution.Models;
using Dfx.Harness.Execution.Worker;
using Dfx.Harness.Store;
using Dfx.Harness.Tests.Plugins;
using Dfx.Sdk;

namespace Dfx.Harness.Tests.Execution;

/// <summary>The parts of a worker that need no process of their own.</summary>
public sealed class WorkerPartsTests
{
    private static readonly NetworkCard[] s_two = [new("main", 1), new("second", 1) { EvaluationsPerCall = 2, Role = NetworkRole.Auxiliary }];

    [Test]
    public void Evaluations_are_counted_an_image()
    {
        var meter = new EvaluationMeter(3, 8, s_two, CancellationToken.None);
        Call(meter, 8);
        Call(meter, 4);
        Assert.That((meter.Main, meter.Auxiliary), Is.EqualTo((1.5, 3.0)), "a partial batch is half an evaluation");
        Call(meter, 8);
        Call(meter, 4);
        Assert.That(meter.Main, Is.EqualTo(3));
        Assert.That(() => Call(meter, 1), Throws.InvalidOperationException.With.Message.EqualTo(
            "the sampler asked for 3.13 network evaluations an image; its budget is 3"));
    }

    [Test]
    public void A_network_that_runs_twice_a_call_costs_two()
    {
        var meter = new EvaluationMeter(3, 2, [new("main", 1) { EvaluationsPerCall = 2 }], CancellationToken.None);
        Call(meter, 2);
        Assert.That(meter.Main, Is.EqualTo(2));
        Assert.That(() => Call(meter, 2), Throws.InvalidOperationException);
    }

    [Test]
    public void A_second_network_alone_has_no_budget()
    {
        var meter = new EvaluationMeter(1, 1, [s_two[1]], CancellationToken.None);
        Call(meter, 100);
        Assert.That((meter.Main, meter.Auxiliary), Is.EqualTo((0.0, 200.0)));
    }

    [Test]
    public void An_evaluation_looks_at_the_token()
    {
        var meter = new EvaluationMeter(1, 1, s_two, new(canceled: true));
        Assert.That(() => Call(meter, 1), Throws.InstanceOf<OperationCanceledException>());
    }

    private static void Call(EvaluationMeter meter, long rows) => meter.Call(rows, () => 0);

    [Test]
    public void An_exception_has_a_verdict()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Verdict.Of(new NotApplicableException("a")), Is.EqualTo((Status.NotApplicable, "a")));
            Assert.That(Verdict.Of(new DivergedException("b")), Is.EqualTo((Status.Diverged, "b")));
            Assert.That(Verdict.Of(new InsufficientMemoryException()).Status, Is.EqualTo(Status.Oom));
            Assert.That(Verdict.Of(new InvalidOperationException("CUDA out of memory.\nmore")), Is.EqualTo((Status.Oom, "CUDA out of memory.")));
            Assert.That(Verdict.Of(new InvalidOperationException("DefaultCPUAllocator: not enough memory")).Status, Is.EqualTo(Status.Oom));
            Assert.That(Verdict.Of(new DataUnavailableException("get it")), Is.EqualTo((Status.Error, "get it")));
            Assert.That(Verdict.Of(new ArgumentException("c\nd")), Is.EqualTo((Status.Error, "ArgumentException: c")));
            Assert.That(Verdict.Of(Thrown()).Message, Does.Contain(nameof(Thrown)), "where it was thrown");
        }
    }

    [TestCaseSource(nameof(Wrappings))]
    public void A_wrapped_exception_has_the_verdict_of_what_it_wraps(Func<Exception, Exception> wrap)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Verdict.Of(wrap(new DivergedException("b"))), Is.EqualTo((Status.Diverged, "b")));
            Assert.That(Verdict.Of(wrap(new NotApplicableException("a"))), Is.EqualTo((Status.NotApplicable, "a")));
            Assert.That(Verdict.Of(wrap(new InsufficientMemoryException())).Status, Is.EqualTo(Status.Oom));
            Assert.That(Verdict.IsStorageFull(wrap(new IOException("full", 28))), Is.True);
            Assert.That(Verdict.IsStorageFull(wrap(new IOException("quota", 122))), Is.True);
            Assert.That(Verdict.IsStorageFull(wrap(new IOException("other", 5))), Is.False);
            Assert.That(Verdict.IsStorageFull(wrap(new IOException("plain"))), Is.False);
            Assert.That(Verdict.IsStorageFull(wrap(new FileNotFoundException())), Is.False);
        }
    }

    [Test]
    public void No_exception_fills_no_disk() => Assert.That(Verdict.IsStorageFull(null), Is.False);

    [Test]
    public void A_value_is_made_once_and_disposed_with_the_cache()
    {
        using var scratch = new ScratchFolder();
        torch.Tensor tensor;
        using (var values = new SharedValues())
        {
            var cache = new TensorCache(values, scratch.Path, "scope");
            using (torch.NewDisposeScope())
            {
                tensor = cache.Once("t", () => torch.ones(3));
            }

            Assert.That(cache.Once<torch.Tensor>("t", () => throw new InvalidOperationException()), Is.SameAs(tensor));
            Assert.That(tensor.sum().ToDouble(), Is.EqualTo(3), "it outlives the scope that made it");
            Assert.That(cache.Once("other", () => "x"), Is.EqualTo("x"));
        }

        Assert.That(tensor.IsInvalid, Is.True);
    }

    [Test]
    public void What_is_stored_is_there_for_the_next_cache_and_made_anew_when_damaged([Values] bool damage)
    {
        using var scratch = new ScratchFolder();
        var made = 0;
        Assert.That(Stored(scratch.Path, "key", () => made++), Is.EqualTo(6));
        if (damage)
        {
            var file = Directory.GetFiles(scratch.Path, "*.safetensors").Single();
            File.WriteAllBytes(file, File.ReadAllBytes(file)[..^5]);
        }

        Assert.That(Stored(scratch.Path, "key", () => made++), Is.EqualTo(6));
        Assert.That(Stored(scratch.Path, "key", () => made++), Is.EqualTo(6));
        Assert.That(made, Is.EqualTo(damage ? 2 : 1));
        Assert.That(Stored(scratch.Path, "another key", () => made++), Is.EqualTo(6));
        Assert.That(made, Is.EqualTo(damage ? 3 : 2));
    }

    [Test]
    public async Task Two_at_once_make_it_once()
    {
        using var scratch = new ScratchFolder();
        var made = 0;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Stored(scratch.Path, "key", () =>
        {
            Interlocked.Increment(ref made);
            Thread.Sleep(100);
        }))));
        Assert.That(made, Is.EqualTo(1));
    }

    [Test]
    public void A_failure_to_make_it_lets_the_next_one_try()
    {
        using var scratch = new ScratchFolder();
        Assert.That(() => Stored(scratch.Path, "key", () => throw new InvalidOperationException()), Throws.InvalidOperationException);
        Assert.That(Stored(scratch.Path, "key", () => { }), Is.EqualTo(6));
    }

    [Test]
    public void Scopes_are_kept_apart()
    {
        using var scratch = new ScratchFolder();
        var made = 0;
        Assert.That(Stored(scratch.Path, "key", () => made++), Is.EqualTo(6));
        Assert.That(Stored(scratch.Path, "key", () => made++, "another scope"), Is.EqualTo(6));
        Assert.That(made, Is.EqualTo(2));
    }

    private static double Stored(string folder, string key, Action making, string of = "scope")
    {
        using var values = new SharedValues();
        var cache = new TensorCache(values, folder, of);
        using var scope = torch.NewDisposeScope();
        return cache.Stored(key, () =>
        {
            making();
            return new Dictionary<string, torch.Tensor> { ["x"] = torch.tensor([1.0, 2.0, 3.0]) };
        })["x"].sum().ToDouble();
    }

    private static IEnumerable<Func<Exception, Exception>> Wrappings() =>
    [
        e => e, e => new AggregateException(e), e => new TargetInvocationException(e), e => new AggregateException(new TargetInvocationException(e)),
    ];

    private static InvalidOperationException Thrown()
    {
        try
        {
            throw new InvalidOperationException("here");
        }
        catch (InvalidOperationException e)
        {
            return e;
        }
    }
}
