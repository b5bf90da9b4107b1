using NUnit.Framework.Constraints;

namespace Dfx.Torch.Tests.Networks;

/// <summary>Inputs and outputs as plain arrays, so that a reference never goes through the library under test.</summary>
internal static class Numbers
{
    /// <summary>Draws in (-2, 2) of .NET's own generator.</summary>
    internal static double[] Draw(int seed, params long[] shape)
    {
        var random = new Random(seed);
        var values = new double[Product(shape)];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (4 * random.NextDouble()) - 2;
        }

        return values;
    }

    internal static long Product(IEnumerable<long> shape) => shape.Aggregate(1L, (a, b) => a * b);

    /// <summary>A float64 tensor, written element by element through a span of its memory.</summary>
    internal static torch.Tensor Tensor(double[] values, params long[] shape)
    {
        var made = torch.zeros(shape, torch.float64);
        System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan()).CopyTo(made.bytes);
        return made;
    }

    /// <summary>The elements in row-major order as doubles.</summary>
    internal static double[] Of(torch.Tensor tensor)
    {
        using var inner = torch.NewDisposeScope();
        return tensor.detach().to(torch.float64).contiguous().data<double>().ToArray();
    }

    internal static double[] Of(IEnumerable<torch.Tensor> tensors) => [.. tensors.SelectMany(Of)];

    /// <summary>Writes values into a parameter, outside of the graph.</summary>
    internal static void Put(torch.Tensor target, double[] values)
    {
        using var outside = torch.no_grad();
        using var source = Tensor(values, target.shape);
        target.copy_(source);
    }

    /// <summary>Fills every parameter of a module with draws, so that zeros and ones of an initialisation hide no error.</summary>
    internal static void Randomise(torch.nn.Module module, int seed)
    {
        foreach (var parameter in module.parameters())
        {
            Put(parameter, Draw(seed++, parameter.shape));
        }
    }

    internal static EqualConstraint Close(double[] expected, double tolerance = 1e-11) => Is.EqualTo(expected).Within(tolerance);

    internal static double Variance(double[] x)
    {
        var mean = x.Average();
        return x.Sum(v => (v - mean) * (v - mean)) / x.Length;
    }

    /// <summary>A sum with distinct weights, so that each output's gradient differs.</summary>
    internal static torch.Tensor WeightedSum(torch.Tensor x)
    {
        using var weights = Tensor(Draw(99, x.shape), x.shape);
        using var product = x * weights;
        return product.sum();
    }
}
