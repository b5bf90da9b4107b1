using Dfx.Harness.Execution.Worker;
using Dfx.Sdk;

namespace Dfx.Harness.Checking.Kinds;

/// <summary>What the contract asks of a dataset.</summary>
internal static class DatasetChecks
{
    private const int Some = 16;
    private const int FingerprintLength = 64;

    internal static IReadOnlyList<Check> Of(Func<IDataset> make, DataContext context) =>
    [
        new(
            "fingerprint",
            "64 hexadecimal digits, the same at every call",
            "hash the files' content and the parameters with SHA-256",
            () => Fingerprint(make, context), Needed: true),
        new(
            "opens",
            "a shape and images in both parts",
            "give Shape and Count before anything is read",
            () => Each(make, context, Opens), Needed: true),
        new(
            "reads",
            "float32 CPU tensors [n, C, H, W], finite, in [-1, 1] for images, equal for equal indices",
            "scale bytes b to b / 127.5 - 1, and read by index alone",
            () => Each(make, context, Reads)),
        new(
            "range",
            "an index out of range throws ArgumentOutOfRangeException",
            "compare with 0 and Count before reading",
            () => Each(make, context, Range)),
        new(
            "labels",
            "int64 indices into Classes; InvalidOperationException without classes",
            "let Labels and Classes agree",
            () => Each(make, context, Labels)),
        new(
            "tensors",
            "no tensor outlives its scope",
            "open a dispose scope in Read",
            () => Leaks.Refuse(_ => Each(make, context, Reads), 1, 2)),
    ];

    private static void Fingerprint(Func<IDataset> make, DataContext context)
    {
        var (one, other) = (make().Fingerprint(context), make().Fingerprint(context));
        Expect.That(one.Length == FingerprintLength && one.All(char.IsAsciiHexDigit), $"it is '{one}'");
        Expect.That(one == other, $"two calls gave {one} and {other}");
    }

    private static void Each(Func<IDataset> make, DataContext context, Action<IDataSource, Split> look)
    {
        using var data = make().Open(context);
        look(data, Split.Train);
        look(data, Split.Test);
    }

    private static void Opens(IDataSource data, Split split)
    {
        Expect.That(data.Shape is { Channels: > 0, Height: > 0, Width: > 0 }, $"the shape is {data.Shape}");
        Expect.That(data.Count(split) > 0, $"{split} has {data.Count(split)} images");
    }

    private static void Reads(IDataSource data, Split split)
    {
        using var scope = torch.NewDisposeScope();
        var indices = Indices(data, split);
        var x = data.Read(split, indices);
        Expect.That(
            x.shape.SequenceEqual(data.Shape.Batch(indices.Length)),
            $"{split} gave {TensorFault.Shape(x)} for {indices.Length} images of {data.Shape}");
        Expect.That(x.dtype == torch.ScalarType.Float32 && x.device.type == DeviceType.CPU, $"{split} gave {x.dtype} on {x.device.type}");
        Expect.That(Tensors.IsFinite(x), $"{split} has numbers that are not finite");
        Expect.That(!data.IsImages || x.abs().max().ToDouble() <= 1, $"{split} reaches {x.abs().max().ToDouble():g4}");
        var again = data.Read(split, [indices[^1], indices[^1]]);
        Expect.That(Tensors.Bits(again.narrow(0, 0, 1)) == Tensors.Bits(again.narrow(0, 1, 1)), $"{split} gave two images for index {indices[^1]}");
        Expect.That(
            Tensors.Bits(again.narrow(0, 0, 1)) == Tensors.Bits(x.narrow(0, indices.Length - 1, 1)),
            $"{split} gave another image for index {indices[^1]} in another batch");
    }

    private static void Range(IDataSource data, Split split)
    {
        foreach (var index in (int[])[-1, data.Count(split)])
        {
            Expect.Throws<ArgumentOutOfRangeException>(() => data.Read(split, [index]).Dispose(), $"{split} gave an image for index {index} of {data.Count(split)}");
        }
    }

    private static void Labels(IDataSource data, Split split)
    {
        var indices = Indices(data, split);
        if (data.Classes.Count == 0)
        {
            Expect.Throws<InvalidOperationException>(() => data.Labels(split, indices).Dispose(), $"{split} gave labels, but there are no classes");
            return;
        }

        using var labels = data.Labels(split, indices);
        Expect.That(
            labels.dtype == torch.ScalarType.Int64 && labels.shape.SequenceEqual([(long)indices.Length]),
            $"{split} gave {labels.dtype} {TensorFault.Shape(labels)} for {indices.Length} images");
        Expect.That(
            labels.min().ToInt64() >= 0 && labels.max().ToInt64() < data.Classes.Count,
            $"{split} has labels from {labels.min().ToInt64()} to {labels.max().ToInt64()}, but {data.Classes.Count} classes");
    }

    /// <summary>The first few and the last.</summary>
    private static int[] Indices(IDataSource data, Split split)
    {
        var count = data.Count(split);
        return [.. Enumerable.Range(0, Math.Min(Some, count)), count - 1];
    }
}
