using System.Collections.Immutable;
using Dfx.Numerics.Files;

namespace Dfx.Numerics.Tests.Files;

/// <summary>Arrays of every element type and of every kind of shape, with reproducible bytes that include NaNs and extremes.</summary>
internal static class Samples
{
    public static readonly ElementType[] Types = Enum.GetValues<ElementType>();

    public static readonly ElementType[] NumericTypes = [.. Types.Where(type => type != ElementType.Text)];

    public static readonly ElementType[] NumpyTypes = [.. Types.Where(type => type != ElementType.BFloat16)];

    public static readonly long[][] Shapes = [[], [1], [7], [0], [2, 3], [3, 0, 2], [2, 1, 3, 2], [5, 4, 3]];

    public static ArrayData Make(ElementType type, params ReadOnlySpan<long> shape)
    {
        var layout = new ArrayLayout(type, ImmutableArray.Create(shape), type == ElementType.Text ? 3 : 0);
        var bytes = new byte[layout.ByteLength];
        var random = new Random(((int)type * 31) + shape.Length);
        random.NextBytes(bytes);
        if (type == ElementType.Bool)
        {
            Array.ForEach(Enumerable.Range(0, bytes.Length).ToArray(), i => bytes[i] &= 1);
        }
        else if (type == ElementType.Text)
        {
            FillText(bytes, random);
        }

        return new(layout, bytes);
    }

    public static Dictionary<string, ArrayData> All(IEnumerable<ElementType> types) =>
        types.SelectMany(_ => Shapes, (type, shape) => (Name: $"{type}/{string.Join('x', shape)}", Array: Make(type, shape)))
            .ToDictionary(pair => pair.Name, pair => pair.Array);

    public static void AssertSame(ArrayData actual, ArrayData expected, string? name = null)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(actual.Layout.Type, Is.EqualTo(expected.Layout.Type), name);
            Assert.That(actual.Layout.Shape, Is.EqualTo(expected.Layout.Shape), name);
            Assert.That(actual.Layout.TextLength, Is.EqualTo(expected.Layout.TextLength), name);
            Assert.That(actual.Bytes.Span.SequenceEqual(expected.Bytes.Span), Is.True, name);
        }
    }

    // Letters, umlauts, astral code points and zeros.
    private static void FillText(byte[] bytes, Random random)
    {
        int[] units = ['a', 'Z', ' ', 0xE4, 0x4E2D, 0x1F600, 0];
        for (var i = 0; i < bytes.Length; i += sizeof(int))
        {
            BitConverter.TryWriteBytes(bytes.AsSpan(i), units[random.Next(units.Length)]);
        }
    }
}
