using static Dfx.Torch.torch;

namespace Dfx.Torch.Tests.Functions.Gradients;

/// <summary>Compares derivatives by backpropagation with central differences, in float64, for every element of every input.</summary>
/// <remarks>
/// The scalar that is differentiated is the output times fixed normal weights, so that no gradient hides in a symmetry of the
/// output, such as that of softmax, whose plain sum is constant.
/// </remarks>
internal static class GradientCheck
{
    // Truncation is of order Step², about 1e-10, rounding of order 1e-16 / Step, about 1e-11: both far below the tolerance.
    private const double Step = 1e-5;
    private const double Tolerance = 1e-6;

    internal static void Verify(GradientCase subject)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(20260501);
        var inputs = Array.ConvertAll(subject.Inputs, make => make(random).with_requires_grad());
        var output = subject.Function(inputs);
        var weights = randn(output.shape, float64, generator: random);
        var derivatives = autograd.grad([(output * weights).sum()], inputs);
        for (var i = 0; i < inputs.Length; i++)
        {
            var numeric = Differences(() => Weighted(subject.Function(inputs), weights), inputs[i]);
            Compare(derivatives[i].contiguous().data<double>().ToArray(), numeric, i, subject.Flat);
        }
    }

    private static double Weighted(Tensor output, Tensor weights) => (output.detach() * weights).sum().ToDouble();

    private static double[] Differences(Func<double> function, Tensor input)
    {
        var elements = input.detach().view(-1).data<double>();
        var result = new double[input.NumberOfElements];
        for (var i = 0; i < result.Length; i++)
        {
            using var scope = NewDisposeScope();
            var x = elements[i];
            elements[i] = x + Step;
            var above = function();
            elements[i] = x - Step;
            result[i] = (above - function()) / (2 * Step);
            elements[i] = x;
        }

        return result;
    }

    private static void Compare(double[] derivative, double[] numeric, int input, bool flat)
    {
        Assert.That(derivative, Has.Length.EqualTo(numeric.Length));
        Assert.That(Array.TrueForAll(numeric, d => d == 0), Is.EqualTo(flat), $"input {input}: the output does not depend on it");
        for (var i = 0; i < numeric.Length; i++)
        {
            var allowed = Tolerance * Math.Max(1, Math.Abs(numeric[i]));
            Assert.That(derivative[i], Is.EqualTo(numeric[i]).Within(allowed), $"input {input}, element {i}");
        }
    }
}
