using Dfx.Harness.Checking.Tiny;
using Dfx.Harness.Execution.Worker;
using Dfx.Sdk;

namespace Dfx.Harness.Checking.Kinds;

/// <summary>What the contract asks of a task.</summary>
internal static class TaskChecks
{
    private const int Side = 28;
    private const int Count = 8;
    private const int Row = 5;
    private static readonly Func<Condition, torch.Tensor?>[] s_parts = [c => c.Channels, c => c.Labels, c => c.Known, c => c.Mask];

    internal static IReadOnlyList<Check> Of(Func<ITask> make) =>
    [
        new(
            "channels",
            "Observe gives as many channels as ConditionChannels says, and null channels for none",
            "let the two agree",
            () => Look(make, Channels), Needed: true),
        new(
            "same image",
            "an image is observed alike in any batch",
            "take every random number from the noise that Observe is given",
            () => Look(make, SameImage)),
        new(
            "mask",
            "Mask is [N, 1, H, W] of 0 and 1; Known is the image where it is 1 and 0 elsewhere",
            "let Known be the image times the mask",
            () => Look(make, Mask)),
        new(
            "tensors",
            "no tensor outlives its scope",
            "detach nothing from its dispose scope",
            () => Leaks.Refuse(_ => Look(make, Channels), 1, 2)),
    ];

    private static void Look(Func<ITask> make, Action<ITask, torch.Tensor> look)
    {
        using var scope = torch.NewDisposeScope();
        using var data = new TinyData(Side);
        look(make(), Bench.Images(data, 0, Count));
    }

    private static void Channels(ITask task, torch.Tensor clean)
    {
        var expected = task.ConditionChannels(Shape);
        var condition = Observe(task, clean);
        Expect.That(task.Metrics != MetricKinds.None, $"no metric makes sense for it");
        Expect.That(
            expected > 0 == condition?.Channels is not null,
            $"ConditionChannels is {expected}, and Observe gave {(condition?.Channels is null ? "no channels" : "channels")}");
        if (condition?.Channels is { } c)
        {
            Expect.That(
                c.shape.SequenceEqual([Count, expected, Side, Side]),
                $"the channels are {TensorFault.Shape(c)}; ConditionChannels is {expected}");
            Expect.That(c.dtype == torch.ScalarType.Float32, $"the channels are {c.dtype}, not float32");
            Expect.That(Tensors.IsFinite(c), $"the channels are not finite everywhere");
        }
    }

    private static void SameImage(ITask task, torch.Tensor clean)
    {
        var whole = Condition(task, clean);
        var alone = Observe(task, clean.narrow(0, Row, 1), Row)!;
        var again = Condition(task, clean);
        foreach (var of in s_parts.Where(of => of(whole) is not null))
        {
            Expect.That(
                Tensors.Bits(of(alone)!) == Tensors.Bits(of(whole)!.narrow(0, Row, 1)),
                $"image {Row} alone is observed otherwise than in a batch of {Count}");
            Expect.That(Tensors.Bits(of(again)!) == Tensors.Bits(of(whole)!), $"two calls with equal noise differ");
        }
    }

    private static void Mask(ITask task, torch.Tensor clean)
    {
        var condition = Condition(task, clean);
        if (condition is not { Mask: { } mask, Known: { } known })
        {
            Expect.That(condition.Mask is null && condition.Known is null, $"one of Known and Mask is null, and the other is not");
            throw new NothingToCheckException("no pixel is known for sure");
        }

        Expect.That(mask.shape.SequenceEqual([Count, 1, Side, Side]), $"the mask is {TensorFault.Shape(mask)}");
        Expect.That((mask * (mask - 1)).abs().max().ToDouble() == 0, $"the mask has other numbers than 0 and 1");
        var difference = (known - (clean * mask)).abs().max().ToDouble();
        Expect.That(difference == 0, $"Known differs by {difference:g3} from the image times the mask");
    }

    private static DataShape Shape => new(1, Side, Side);

    private static Condition? Observe(ITask task, torch.Tensor clean, int first = 0) =>
        task.Observe(new()
        {
            Clean = clean,
            Labels = task.UsesLabels ? torch.tensor([.. Enumerable.Range(first, (int)clean.shape[0]).Select(i => i % 2L)]) : null,
            Noise = Bench.Noise((int)clean.shape[0], first, Shape),
        });

    private static Condition Condition(ITask task, torch.Tensor clean) =>
        Observe(task, clean) ?? throw new NothingToCheckException("nothing is observed");
}
