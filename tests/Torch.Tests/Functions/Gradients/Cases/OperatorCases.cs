using static Dfx.Torch.Tests.Functions.Gradients.Inputs;

namespace Dfx.Torch.Tests.Functions.Gradients.Cases;

/// <summary>Operators, with the number on either side in each of its types.</summary>
internal static class OperatorCases
{
    internal static void AddTo(CaseTable t)
    {
        Scalar number = 1.75;
        t.Of("op_UnaryNegation", Normal(2, 3), x => -x);
        t.Of("op_Addition", AwayFromZero(2, 3), AwayFromZero(3), (x, y) => x + y);
        t.Of("op_Addition", AwayFromIntegers(2, 3), x => x + 3, x => x + 3L, x => x + 1.75f, x => x + 1.75, x => x + number);
        t.Of("op_Addition: number first", AwayFromIntegers(2, 3), x => 3 + x, x => 3L + x, x => 1.75f + x, x => 1.75 + x, x => number + x);
        t.Of("op_Subtraction", AwayFromZero(2, 3), AwayFromZero(3), (x, y) => x - y);
        t.Of("op_Subtraction", AwayFromIntegers(2, 3), x => x - 3, x => x - 3L, x => x - 1.75f, x => x - 1.75, x => x - number);
        t.Of("op_Subtraction: number first", AwayFromIntegers(2, 3),
            x => 3 - x, x => 3L - x, x => 1.75f - x, x => 1.75 - x, x => number - x);
        t.Of("op_Multiply", AwayFromZero(2, 3), AwayFromZero(3), (x, y) => x * y);
        t.Of("op_Multiply", AwayFromIntegers(2, 3), x => x * 3, x => x * 3L, x => x * 1.75f, x => x * 1.75, x => x * number);
        t.Of("op_Multiply: number first", AwayFromIntegers(2, 3), x => 3 * x, x => 3L * x, x => 1.75f * x, x => 1.75 * x, x => number * x);
        t.Of("op_Division", AwayFromZero(2, 3), AwayFromZero(3), (x, y) => x / y);
        t.Of("op_Division", AwayFromIntegers(2, 3), x => x / 3, x => x / 3L, x => x / 1.75f, x => x / 1.75, x => x / number);
        t.Of("op_Division: number first", AwayFromIntegers(2, 3), x => 3 / x, x => 3L / x, x => 1.75f / x, x => 1.75 / x, x => number / x);
        t.Of("op_Modulus", Between(2.2, 2.9, 2, 3), Between(0.76, 1.09, 3), (x, y) => x % y);
        t.Of("op_Modulus", Between(0.2, 1.5, 2, 3), x => x % 3, x => x % 3L, x => x % 1.75f, x => x % 1.75, x => x % number);
    }
}
