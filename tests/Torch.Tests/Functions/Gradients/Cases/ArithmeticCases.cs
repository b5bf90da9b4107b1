using static Dfx.Torch.Tests.Functions.Gradients.Inputs;
using static Dfx.Torch.torch;

namespace Dfx.Torch.Tests.Functions.Gradients.Cases;

internal static class ArithmeticCases
{
    internal static void AddTo(CaseTable t)
    {
        Sums(t);
        Products(t);
        Powers(t);
        Remainders(t);
        Bounds(t);
        Blends(t);
        Overwritten(t);
    }

    private static void Sums(CaseTable t)
    {
        t.Of("add", Normal(2, 3), x => x.add(1.5), x => x.clone().add_(1.5));
        t.Of("add", Normal(2, 3), Normal(3),
            (x, y) => x.add(y), (x, y) => x.clone().add_(y), (x, y) => x.add(y, 0.5), (x, y) => x.clone().add_(y, -2));
        t.Of("sub", Normal(2, 3), x => x.sub(1.5), x => x.clone().sub_(1.5));
        t.Of("sub", Normal(2, 3), Normal(3), (x, y) => x.sub(y), (x, y) => x.clone().sub_(y));
    }

    private static void Products(CaseTable t)
    {
        t.Of("mul", Normal(2, 3), x => x.mul(1.5), x => x.clone().mul_(1.5));
        t.Of("mul", Normal(2, 3), Normal(2, 1), (x, y) => x.mul(y), (x, y) => x.clone().mul_(y));
        t.Of("div", Normal(2, 3), x => x.div(1.5), x => x.clone().div_(1.5));
        t.Of("div", Normal(2, 3), AwayFromZero(2, 1), (x, y) => x.div(y), (x, y) => x.clone().div_(y));
        t.Flat("div floor_divide", AwayFromIntegers(2, 3),
            x => x.div(1, RoundingMode.floor), x => x.clone().div_(1, RoundingMode.trunc), x => x.floor_divide(1));
        t.Flat("div floor_divide", Between(0.3, 0.6, 2, 3), Between(0.7, 0.9, 3),
            (x, y) => x.div(y, RoundingMode.trunc), (x, y) => x.floor_divide(y));
    }

    private static void Powers(CaseTable t)
    {
        t.Of("pow", Positive(2, 3), x => x.pow(2.5), x => torch.pow(x, -1.5), x => x.clone().pow_(2.5));
        t.Of("pow: integer exponent of a negative base", AwayFromZero(2, 3), x => x.pow(3), x => x.pow(-2));
        t.Of("pow", Positive(2, 3), Normal(3), (x, y) => x.pow(y), (x, y) => torch.pow(x, y));
        t.Of("atan2", AwayFromZero(2, 3), AwayFromZero(3), (x, y) => x.atan2(y), (x, y) => torch.atan2(x, y));
        t.Of("hypot", AwayFromZero(2, 3), AwayFromZero(3), (x, y) => x.hypot(y), (x, y) => torch.hypot(x, y));
        t.Of("xlogy", Positive(2, 3), Positive(3), (x, y) => x.xlogy(y));
    }

    private static void Remainders(CaseTable t)
    {
        t.Of("remainder", AwayFromIntegers(2, 3), x => x.remainder(1));
        t.Of("fmod", AwayFromIntegers(2, 3), x => x.fmod(1));
        t.Of("remainder", Between(-2.9, -2.2, 2, 3), Between(0.76, 1.09, 3), (x, y) => x.remainder(y));
        t.Of("fmod", Between(-2.9, -2.2, 2, 3), Between(0.76, 1.09, 3), (x, y) => x.fmod(y));
    }

    private static void Bounds(CaseTable t)
    {
        t.Of("clamp", AwayFromIntegers(3, 4), x => x.clamp(-1, 1), x => torch.clamp(x, -1, 1), x => x.clone().clamp_(-1, 1));
        t.Of("clamp: one side", AwayFromIntegers(3, 4), x => x.clamp(max: 0), x => x.clamp(min: 0));
        t.Of("clamp_min", AwayFromIntegers(3, 4), x => x.clamp_min(0));
        t.Of("clamp_max", AwayFromIntegers(3, 4), x => x.clamp_max(0));
        t.Of("clamp: bounds by element", Distinct(3, 4), Distinct(-0.8, 4), Distinct(0.6, 4),
            (x, lo, hi) => x.clamp(lo, hi), (x, lo, hi) => torch.clamp(x, lo, hi));
        t.Of("maximum", Distinct(3, 4), Distinct(0.12, 4), (x, y) => x.maximum(y), (x, y) => torch.maximum(x, y));
        t.Of("minimum", Distinct(3, 4), Distinct(0.12, 4), (x, y) => x.minimum(y), (x, y) => torch.minimum(x, y));
    }

    private static void Blends(CaseTable t)
    {
        t.Of("lerp", Normal(2, 3), Normal(3), Normal(2, 1), (x, y, w) => x.lerp(y, w), (x, y, w) => torch.lerp(x, y, w));
        t.Of("addcmul", Normal(2, 3), Normal(3), Normal(2, 1),
            (x, y, z) => x.addcmul(y, z, 0.7), (x, y, z) => torch.addcmul(x, y, z, 0.7), (x, y, z) => x.clone().addcmul_(y, z, 0.7));
        t.Of("addcdiv", Normal(2, 3), Normal(3), AwayFromZero(2, 1),
            (x, y, z) => x.addcdiv(y, z, 0.7), (x, y, z) => x.clone().addcdiv_(y, z, 0.7));
        t.Of("where", Normal(2, 3), Normal(3), (x, y) => torch.where(Checks(), x, y), (x, y) => x.where(Checks(), y));
        t.Of("masked_fill", Normal(2, 3), x => x.masked_fill(Checks(), 0.5), x => x.clone().masked_fill_(Checks(), 0.5));
    }

    private static void Overwritten(CaseTable t)
    {
        t.Flat("fill", Normal(2, 3), x => x.clone().fill_(2));
        t.Of("copy", Normal(3), x => zeros(2, 3, float64).copy_(x));
    }

    private static Tensor Checks() => Bools(new[,] { { true, false, true }, { false, true, false } });
}
