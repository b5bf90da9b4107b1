using Dfx.Numerics.Files;

namespace Dfx.Numerics.Tests.Files;

public sealed class ArrayDataTests
{
    [Test]
    public void Values_come_back_typed()
    {
        var array = ArrayData.Of<float>([1, 2, 3, 4, 5, 6], 2, 3);

        Assert.That(array.Layout.ToString(), Is.EqualTo("Float32 [2, 3]"));
        Assert.That(array.Values<float>().ToArray(), Is.EqualTo(new float[] { 1, 2, 3, 4, 5, 6 }));
        Assert.That(() => array.Values<int>().Length, Throws.InvalidOperationException.With.Message.Contains("Float32 [2, 3]"));
        Assert.That(() => array.Strings(), Throws.InvalidOperationException);
    }

    [Test]
    public void Every_element_type_has_its_dotnet_type()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ArrayData.Of<bool>([true]).Layout.Type, Is.EqualTo(ElementType.Bool));
            Assert.That(ArrayData.Of<byte>([1]).Layout.Type, Is.EqualTo(ElementType.UInt8));
            Assert.That(ArrayData.Of<sbyte>([1]).Layout.Type, Is.EqualTo(ElementType.Int8));
            Assert.That(ArrayData.Of<short>([1]).Layout.Type, Is.EqualTo(ElementType.Int16));
            Assert.That(ArrayData.Of<Half>([Half.One]).Layout.Type, Is.EqualTo(ElementType.Float16));
            Assert.That(ArrayData.Of<ushort>([1]).Layout.Type, Is.EqualTo(ElementType.BFloat16));
            Assert.That(ArrayData.Of<int>([1]).Layout.Type, Is.EqualTo(ElementType.Int32));
            Assert.That(ArrayData.Of<float>([1]).Layout.Type, Is.EqualTo(ElementType.Float32));
            Assert.That(ArrayData.Of<double>([1]).Layout.Type, Is.EqualTo(ElementType.Float64));
            Assert.That(ArrayData.Of<long>([1]).Layout.Type, Is.EqualTo(ElementType.Int64));
            Assert.That(() => ArrayData.Of<decimal>([1]), Throws.ArgumentException);
        }
    }

    [Test]
    public void Strings_are_padded_and_trimmed()
    {
        var array = ArrayData.OfText(["", "a", "größer", "😀b"], 2, 2);

        Assert.That(array.Layout.TextLength, Is.EqualTo(6));
        Assert.That(array.Layout.ByteLength, Is.EqualTo(4 * 6 * 4));
        Assert.That(array.Strings(), Is.EqualTo(new[] { "", "a", "größer", "😀b" }));
        Assert.That(() => ArrayData.OfText(["\ud800"]), Throws.ArgumentException);
    }

    [Test]
    public void Wrong_sizes_are_refused()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => ArrayData.Of<float>([1, 2], 3), Throws.ArgumentException);
            Assert.That(() => new ArrayLayout(ElementType.Float32, [-1]), Throws.ArgumentException.With.Message.Contains("-1"));
            Assert.That(() => new ArrayLayout(ElementType.Float32, [long.MaxValue / 2, 3]), Throws.ArgumentException);
            Assert.That(() => new ArrayLayout(ElementType.Float32, [0, long.MaxValue, 3]), Throws.ArgumentException);
            Assert.That(() => new ArrayLayout(ElementType.UInt8, [.. Enumerable.Repeat(1L, 65)]), Throws.ArgumentException);
            Assert.That(() => new ArrayLayout(ElementType.Text, [1]), Throws.ArgumentException);
            Assert.That(() => new ArrayLayout(ElementType.Float32, [1], 3), Throws.ArgumentException);
            Assert.That(new ArrayLayout(ElementType.UInt8, [long.MaxValue]).ByteLength, Is.EqualTo(long.MaxValue));
        }
    }
}
