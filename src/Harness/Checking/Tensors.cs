using System.Security.Cryptography;
using Dfx.Harness.Execution.Worker;
using Dfx.Sdk;

namespace Dfx.Harness.Checking;

/// <summary>How tensors are compared.</summary>
internal static class Tensors
{
    /// <summary>A copy on the CPU that no scope owns.</summary>
    internal static torch.Tensor Keep(torch.Tensor tensor)
    {
        using var scope = torch.NewDisposeScope();
        using var grad = torch.no_grad();
        return tensor.detach().cpu().contiguous().clone().DetachFromDisposeScope();
    }

    /// <summary>A hash of dtype, shape and bits.</summary>
    internal static string Bits(torch.Tensor tensor)
    {
        using var kept = Keep(tensor);
        return $"{kept.dtype} {TensorFault.Shape(kept)} {Convert.ToHexStringLower(SHA256.HashData(kept.bytes))}";
    }

    /// <summary>A hash of all tensors of a checkpoint.</summary>
    internal static string Bits(Checkpoint checkpoint) => string.Join('\n', checkpoint.Tensors
        .OrderBy(t => t.Key, StringComparer.Ordinal)
        .Select(t => $"{t.Key} {Bits(t.Value)}"));

    /// <summary>Where two checkpoints differ first; null if they do not.</summary>
    internal static string? Difference(string one, string other) => one == other
        ? null
        : one.Split('\n').Except(other.Split('\n')).Concat(other.Split('\n').Except(one.Split('\n'))).First().Split(' ')[0];

    /// <summary>The largest difference, relative to the larger of 1 and the largest number.</summary>
    internal static double Distance(torch.Tensor one, torch.Tensor other)
    {
        using var scope = torch.NewDisposeScope();
        using var grad = torch.no_grad();
        var (a, b) = (one.to(torch.ScalarType.Float64), other.to(torch.ScalarType.Float64));
        return (a - b).abs().max().ToDouble() / Math.Max(1, b.abs().max().ToDouble());
    }

    internal static bool IsFinite(torch.Tensor tensor) => FiniteCheck.IsFinite(tensor);

    /// <summary>Refuses what is not like a model tensor: of another shape, dtype or device, not finite, or a part of the graph.</summary>
    internal static void Like(torch.Tensor made, torch.Tensor given, string what)
    {
        var fault = TensorFault.Of(made, given);
        Expect.That(fault is null, $"{what} {fault}");
        Expect.That(IsFinite(made), $"{what} is not finite everywhere");
    }
}
