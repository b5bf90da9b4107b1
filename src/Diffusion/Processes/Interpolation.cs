namespace Dfx.Diffusion;

/// <summary>Tables between their nodes.</summary>
public static class Interpolation
{
    /// <summary>The piecewise linear function through a table's points, constant outside of them; it looks at no number on the CPU.</summary>
    /// <param name="x">Where [N], float64 or float32, on any device.</param>
    /// <param name="nodes">The table's arguments, rising, at least one.</param>
    /// <param name="values">Its values, as many.</param>
    /// <returns>A new tensor [N] of x's dtype, on its device.</returns>
    public static torch.Tensor Linear(torch.Tensor x, double[] nodes, double[] values)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(nodes);
        using var scope = torch.NewDisposeScope();
        var (at, value) = (torch.tensor(nodes).to(x.dtype, x.device), torch.tensor(values).to(x.dtype, x.device));
        if (nodes.Length == 1)
        {
            return scope.MoveToOuter(value.expand(x.shape).clone());
        }

        var low = at.unsqueeze(0).le(x.unsqueeze(1)).sum(1L).sub(1).clamp(0, nodes.Length - 2);
        var (below, above) = (at.index_select(0, low), at.index_select(0, low + 1));
        var share = ((x - below) / (above - below)).clamp(0, 1);
        return scope.MoveToOuter(value.index_select(0, low).lerp(value.index_select(0, low + 1), share));
    }
}
