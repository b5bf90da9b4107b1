using Dfx.Sdk;

namespace Dfx.Harness.Execution.Worker;

/// <summary>No NaN passes silently.</summary>
internal static class FiniteCheck
{
    /// <summary>Refuses tensors with a NaN or an infinity.</summary>
    /// <exception cref="DivergedException">One of them has.</exception>
    internal static void All(IEnumerable<KeyValuePair<string, torch.Tensor>> tensors, string what)
    {
        foreach (var (name, tensor) in tensors)
        {
            One(tensor, $"{what}: {name}");
        }
    }

    /// <summary>Refuses a tensor with a NaN or an infinity.</summary>
    /// <exception cref="DivergedException">It has.</exception>
    internal static void One(torch.Tensor tensor, string what)
    {
        if (!IsFinite(tensor))
        {
            throw new DivergedException($"{what} is not finite everywhere");
        }
    }

    /// <summary>Whether a tensor has neither a NaN nor an infinity.</summary>
    internal static bool IsFinite(torch.Tensor tensor)
    {
        using var scope = torch.NewDisposeScope();
        return !tensor.is_floating_point() || tensor.isfinite().all().ToBoolean();
    }
}
