using static Dfx.Torch.torch;

namespace Dfx.Torch.Tests.Functions.Gradients;

/// <summary>Collects cases: a line names functions, gives inputs, and writes one lambda an overload.</summary>
internal sealed class CaseTable
{
    private readonly List<GradientCase> _cases = [];

    internal IReadOnlyList<GradientCase> Cases => _cases;

    /// <param name="what">Names of functions, spaces between, and behind a colon what sets the case apart.</param>
    /// <param name="a">The input.</param>
    /// <param name="functions">One an overload.</param>
    internal void Of(string what, Input a, params Func<Tensor, Tensor>[] functions) =>
        Array.ForEach(functions, f => Add(what, f, x => f(x[0]), [a]));

    /// <inheritdoc cref="Of(string, Input, Func{Tensor, Tensor}[])"/>
    internal void Of(string what, Input a, Input b, params Func<Tensor, Tensor, Tensor>[] functions) =>
        Array.ForEach(functions, f => Add(what, f, x => f(x[0], x[1]), [a, b]));

    /// <inheritdoc cref="Of(string, Input, Func{Tensor, Tensor}[])"/>
    internal void Of(string what, Input a, Input b, Input c, params Func<Tensor, Tensor, Tensor, Tensor>[] functions) =>
        Array.ForEach(functions, f => Add(what, f, x => f(x[0], x[1], x[2]), [a, b, c]));

    /// <summary>Functions whose derivative is zero wherever it exists.</summary>
    internal void Flat(string what, Input a, params Func<Tensor, Tensor>[] functions) =>
        Array.ForEach(functions, f => Add(what, f, x => f(x[0]), [a], true));

    /// <inheritdoc cref="Flat(string, Input, Func{Tensor, Tensor}[])"/>
    internal void Flat(string what, Input a, Input b, params Func<Tensor, Tensor, Tensor>[] functions) =>
        Array.ForEach(functions, f => Add(what, f, x => f(x[0], x[1]), [a, b], true));

    private void Add(string what, Delegate body, Func<Tensor[], Tensor> function, Input[] inputs, bool flat = false)
    {
        var parts = what.Split(':', 2, StringSplitOptions.TrimEntries);
        _cases.Add(new([.. parts[0].Split(' ')], parts.Length > 1 ? parts[1] : "", body.Method, function, inputs, flat));
    }
}
