using static Dfx.Torch.torch;

namespace Dfx.Torch.Tests.Functions;

/// <summary>Tests of tensors: what a test makes is disposed after it, and its random numbers are its own.</summary>
public abstract class TensorTests
{
    private DisposeScope _scope = null!;

    private protected Generator Random { get; private set; } = null!;

    [SetUp]
    public void Open()
    {
        _scope = NewDisposeScope();
        Random = new Generator(7);
    }

    [TearDown]
    public void Close()
    {
        Random.Dispose();
        _scope.Dispose();
    }

    /// <summary>Standard normal draws in float64.</summary>
    private protected Tensor Normal(params long[] shape) => randn(shape, float64, generator: Random);

    /// <summary>The elements of a real tensor of any dtype in row-major order.</summary>
    private protected static double[] Doubles(Tensor tensor) => tensor.detach().to(float64).data<double>().ToArray();

    private protected static void Close(Tensor actual, double[] expected, double tolerance = 1e-12) =>
        Assert.That(Doubles(actual), Is.EqualTo(expected).Within(tolerance));

    private protected static void Close(Tensor actual, Tensor expected, double tolerance = 1e-12)
    {
        Assert.That(actual.shape, Is.EqualTo(expected.shape));
        Close(actual, Doubles(expected), tolerance);
    }

    private protected static long[] Longs(Tensor tensor) => tensor.data<long>().ToArray();

    private protected static bool[] Bools(Tensor tensor) => tensor.data<bool>().ToArray();
}
