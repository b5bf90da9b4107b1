using System.Globalization;

namespace Dfx.Harness.Execution.Worker;

/// <summary>
/// What is wrong with a tensor that a plugin made. One image in place of eight, or one that broadcasts, would give numbers that look like results.
/// </summary>
internal static class TensorFault
{
    /// <summary>Why a tensor is not like a model tensor: of another shape, dtype or device, or a part of the graph; null if it is. Its numbers are not looked at.</summary>
    internal static string? Of(torch.Tensor? made, torch.Tensor given) => made switch
    {
        null => "is null",
        { IsInvalid: true } => "was disposed before it was returned",
        _ when !made.shape.SequenceEqual(given.shape) => $"has shape {Shape(made)}, not {Shape(given)}",
        _ when made.dtype != given.dtype => $"is {made.dtype}, not {given.dtype}",
        _ when made.device.type != given.device.type => $"lies on {made.device.type}, not on {given.device.type}",
        _ when made.requires_grad => "requires a gradient",
        _ => null,
    };

    /// <summary>Refuses a tensor that is not like a model tensor.</summary>
    /// <param name="made">What a plugin made.</param>
    /// <param name="given">What it should be like.</param>
    /// <param name="what">What it is, for the message.</param>
    /// <returns>The tensor.</returns>
    /// <exception cref="InvalidOperationException">It is not.</exception>
    /// <exception cref="Sdk.DivergedException">It is, but not finite.</exception>
    internal static torch.Tensor Refused(torch.Tensor? made, torch.Tensor given, string what)
    {
        if (Of(made, given) is { } fault)
        {
            throw new InvalidOperationException($"{what} {fault}");
        }

        FiniteCheck.One(made!, what);
        return made!;
    }

    /// <summary>Refuses what a model returned for x and has another shape: it would broadcast without a word.</summary>
    /// <exception cref="InvalidOperationException">It has.</exception>
    internal static torch.Tensor SameShape(torch.Tensor made, torch.Tensor x, string what) => made is not null && made.shape.SequenceEqual(x.shape)
        ? made
        : throw new InvalidOperationException($"{what} {Of(made, x)}");

    internal static string Shape(torch.Tensor tensor) =>
        $"[{string.Join(',', tensor.shape.Select(s => s.ToString(CultureInfo.InvariantCulture)))}]";
}
