using Dfx.Harness.Execution.Models;
using Dfx.Harness.Execution.Worker;
using Dfx.Harness.Tests.Plugins;
using Dfx.Sdk;

namespace Dfx.Harness.Tests.Execution;

/// <summary>What a collection leaves in its folder, and where one that was interrupted goes on.</summary>
public sealed class CollectionHostTests
{
    private static readonly NetworkCard s_network = new("network", 7) { MultiplyAdds = 100 };

    private ScratchFolder _scratch = null!;
    private DisposeScope _scope = null!;
    private CollectionFiles _files = null!;

    [SetUp]
    public void Make()
    {
        (_scratch, _scope) = (new(), torch.NewDisposeScope());
        _files = new(_scratch.At("artifacts/key"));
    }

    [TearDown]
    public void Remove()
    {
        _scope.Dispose();
        _scratch.Dispose();
    }

    [Test]
    public void Rows_stand_one_after_another_over_parts_of_any_length()
    {
        using var host = Host();
        host.Add(Part(0, 3));
        host.Add(Part(3, 1));
        host.Add(Part(4, 2));
        using var rows = _files.Open(host.Parts);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((host.Parts, rows.Rows), Is.EqualTo((3, 6)));
            Assert.That(rows.Column("n").data<long>().ToArray(), Is.EqualTo(new[] { 0L, 1, 2, 3, 4, 5 }));
            Assert.That(rows.Read("x", [5, 3, 3, 0]).data<float>().ToArray(), Is.EqualTo(new[] { 5f, 5.5f, 3, 3.5f, 3, 3.5f, 0, 0.5f }));
            Assert.That(() => rows.Read("x", [6]), Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => rows.Read("y", [0]), Throws.ArgumentException.With.Message.StartsWith("there is no column 'y'; there are: "));
        }
    }

    [Test]
    public void Without_parts_there_are_no_rows() => Assert.That(_files.Open(0).Rows, Is.Zero);

    /// <summary>Parts behind a gap or a damaged one were made by a run that this one cannot go on from: they are made again.</summary>
    [TestCase("nothing", 3)]
    [TestCase("gone", 1)]
    [TestCase("cut", 1)]
    [TestCase("no safetensors", 1)]
    [TestCase("other columns", 1)]
    [TestCase("without facts", 1)]
    public void It_goes_on_where_parts_are_whole(string damage, int parts)
    {
        using (var host = Host())
        {
            Enumerable.Range(0, 3).ToList().ForEach(i => host.Add(Part(i, 1)));
        }

        Damage(damage, _scratch.At("artifacts/key/part-00001.safetensors"));
        using var again = Host();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(again.Parts, Is.EqualTo(parts));
            Assert.That(Directory.GetFiles(_scratch.At("artifacts/key")).Select(Path.GetFileName), Is.EquivalentTo(Enumerable.Range(0, parts).Select(CollectionFiles.Name)));
        }
    }

    [Test]
    public void Seconds_and_evaluations_add_up_over_interruptions()
    {
        double before;
        using (var host = Host())
        {
            Thread.Sleep(60);
            host.Meter.Count(new(NetworkOwner.Source, s_network, 5, false));
            host.Add(Part(0, 2));
            host.Meter.Count(new(NetworkOwner.Source, s_network, 1000, false));
            before = host.Seconds;
        }

        using var again = Host();
        again.Meter.Count(new(NetworkOwner.Source, s_network, 3, false));
        again.Add(Part(2, 2));
        using var rows = _files.Open(2);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((again.Counts.Main, again.Counts.MultiplyAdds), Is.EqualTo((8L, (Int128)800)), "what an interrupted part took was lost with it");
            Assert.That(again.Seconds, Is.GreaterThan(0.06).And.LessThan(before + 5));
            Assert.That((rows.Cost.Evaluations, rows.Cost.MultiplyAdds), Is.EqualTo(((Int128)0, (Int128)800)));
        }
    }

    [Test]
    public void Parts_that_do_not_match_are_refused_also_after_an_interruption()
    {
        using (var host = Host())
        {
            host.Add(Part(0, 2));
        }

        using var again = Host();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => again.Add(new Dictionary<string, torch.Tensor> { ["x"] = torch.zeros(2, 2) }), Throws.ArgumentException.With.Message.EqualTo(
                "part 1 has x of Float32 [2]; the parts before it have n of Int64 [], x of Float32 [2]"));
            Assert.That(() => again.Add(With(Part(2, 2), torch.zeros(2, 3))), Throws.ArgumentException);
            Assert.That(() => again.Add(With(Part(2, 2), torch.zeros([2, 2], torch.float64))), Throws.ArgumentException);
            Assert.That(() => again.Add(With(Part(2, 2), torch.zeros(1, 2))), Throws.ArgumentException.With.Message.StartsWith("part 1 needs columns of one length, at least 1: "));
            Assert.That(() => again.Add(new Dictionary<string, torch.Tensor>()), Throws.ArgumentException);
            Assert.That(() => again.Add(With(Part(2, 2), torch.full([2, 2], float.NaN))), Throws.TypeOf<DivergedException>().With.Message.EqualTo("part 1 of the collection: x is not finite everywhere"));
            Assert.That(again.Parts, Is.EqualTo(1), "none of them is there");
        }

        again.Add(Part(2, 7));
        Assert.That(_files.Open(2).Rows, Is.EqualTo(9));
    }

    [Test]
    public void A_first_part_says_its_share()
    {
        using var host = Host(1);
        host.Report(0, 10);
        Assert.That((host.Reported, host.Interruption.IsCancellationRequested), Is.EqualTo((((double, double)?)null, false)));
        host.Add(Part(0, 2));
        host.Report(2, 10);
        Assert.That((host.Reported!.Value.Share, host.Interruption.IsCancellationRequested, host.HasEnough), Is.EqualTo((0.2, true, true)));
        Assert.That(() => host.Meter.Count(new(NetworkOwner.Source, s_network, 1, false)), Throws.InstanceOf<OperationCanceledException>());
    }

    private CollectionHost Host(int most = int.MaxValue) => new(_files, [s_network], new Silent(), most, CancellationToken.None);

    private static Dictionary<string, torch.Tensor> Part(int first, int count)
    {
        var n = torch.arange(first, first + count, dtype: torch.int64);
        return new() { ["n"] = n, ["x"] = torch.stack([n, n + 0.5], 1).to(torch.float32) };
    }

    private static Dictionary<string, torch.Tensor> With(Dictionary<string, torch.Tensor> part, torch.Tensor x) => new(part) { ["x"] = x };

    private static void Damage(string damage, string path)
    {
        switch (damage)
        {
            case "gone":
                File.Delete(path);
                break;
            case "cut":
                File.WriteAllBytes(path, File.ReadAllBytes(path)[..^1]);
                break;
            case "no safetensors":
                File.WriteAllText(path, "what is this");
                break;
            case "other columns":
                Numerics.Files.Safetensors.Save(path, new Dictionary<string, torch.Tensor> { ["z"] = torch.zeros(1) });
                break;
            case "without facts":
                Numerics.Files.Safetensors.Save(path, Part(1, 1));
                break;
        }
    }
}
