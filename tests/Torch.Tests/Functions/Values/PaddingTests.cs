using static Dfx.Torch.torch;
using F = Dfx.Torch.torch.nn.functional;

namespace Dfx.Torch.Tests.Functions.Values;

public sealed class PaddingTests : TensorTests
{
    [TestCase(PaddingModes.Constant)]
    [TestCase(PaddingModes.Zeros)]
    [TestCase(PaddingModes.Reflect)]
    [TestCase(PaddingModes.Replicate)]
    [TestCase(PaddingModes.Circular)]
    public void Every_mode_continues_the_image_its_own_way(PaddingModes mode)
    {
        var x = Normal(1, 2, 4, 3);
        var (inside, padded) = (x.data<double>(), F.pad(x, [2, 1, 1, 3], mode).data<double>());
        for (var n = 0; n < 2 * 8 * 6; n++)
        {
            var (c, i, j) = (n / 48, n / 6 % 8, n % 6);
            var (row, column) = (Source(i - 1, 4, mode), Source(j - 2, 3, mode));
            Assert.That(padded[0, c, i, j], Is.EqualTo(row < 0 || column < 0 ? 0 : inside[0, c, row, column]));
        }
    }

    [Test]
    public void A_constant_can_be_any_number() => Close(F.pad(tensor([1.0, 2]), [1, 2], PaddingModes.Constant, 7), [7, 1, 2, 7, 7]);

    [Test]
    public void Negative_widths_crop() => Close(F.pad(tensor([1.0, 2, 3]), [-1, 1]), [2, 3, 0]);

    private static int Source(int at, int extent, PaddingModes mode) => mode switch
    {
        PaddingModes.Reflect => at < 0 ? -at : at >= extent ? (2 * extent) - 2 - at : at,
        PaddingModes.Replicate => Math.Clamp(at, 0, extent - 1),
        PaddingModes.Circular => (at + extent) % extent,
        _ => at < 0 || at >= extent ? -1 : at,
    };
}
