namespace Dfx.SoftDiffusion;

/// <summary>
/// Entropic optimal transport, min over plans P of ⟨P, C⟩ + eps KL(P | a b^T), by Sinkhorn's iteration in the log domain (Cuturi 2013): nothing
/// underflows, however small eps is. Costs may have leading dimensions: problems that are solved side by side.
/// </summary>
/// <param name="Eps">The weight of the entropy, positive, in the unit of the costs.</param>
/// <param name="Iterations">The most iterations.</param>
/// <param name="Tolerance">It ends when no potential changes by more than this many eps.</param>
internal sealed record Sinkhorn(double Eps, int Iterations = 200, double Tolerance = 1e-6)
{
    // Asking whether it is over makes the host wait for the device.
    private const int Between = 5;

    /// <summary>The least value of the objective: [...], by the dual.</summary>
    /// <param name="costs">C [..., n, m], float64.</param>
    /// <param name="a">The masses of the rows [n]; equal ones if null.</param>
    /// <param name="b">The masses of the columns [m]; equal ones if null.</param>
    internal torch.Tensor Objective(torch.Tensor costs, torch.Tensor? a = null, torch.Tensor? b = null)
    {
        using var scope = torch.NewDisposeScope();
        var problem = new Problem(costs / -Eps, a, b);
        return scope.MoveToOuter(problem.Value(Solve(problem, problem.Start)) * Eps);
    }

    /// <summary>The best plan P [..., n, m], whose sums are a and b.</summary>
    /// <inheritdoc cref="Objective" path="/param"/>
    internal torch.Tensor Plan(torch.Tensor costs, torch.Tensor? a = null, torch.Tensor? b = null)
    {
        using var scope = torch.NewDisposeScope();
        var problem = new Problem(costs / -Eps, a, b);
        return scope.MoveToOuter(problem.Plan(Solve(problem, problem.Start)));
    }

    /// <summary>The debiased value S(x, y) - (S(x, x) + S(y, y)) / 2, which is 0 for equal point clouds (Feydy et al. 2019); points have equal masses.</summary>
    /// <param name="between">Costs of x against y [..., n, m].</param>
    /// <param name="first">Costs of x against itself [..., n, n].</param>
    /// <param name="second">Costs of y against itself [..., m, m].</param>
    /// <remarks>A cloud's potential against itself is found in few iterations, and is nearly that against a cloud that is nearly the same.</remarks>
    internal torch.Tensor Divergence(torch.Tensor between, torch.Tensor first, torch.Tensor second)
    {
        using var scope = torch.NewDisposeScope();
        var (both, x, y) = (new Problem(between / -Eps), new Problem(first / -Eps), new Problem(second / -Eps));
        var (ofX, ofY) = (Symmetric(x), Symmetric(y));
        return scope.MoveToOuter((both.Value(Solve(both, ofY)) - ((x.Value(ofX) + y.Value(ofY)) / 2)) * Eps);
    }

    /// <summary>Squared Euclidean distances of the rows of x [..., n, d] and y [..., m, d].</summary>
    internal static torch.Tensor Costs(torch.Tensor x, torch.Tensor y)
    {
        using var scope = torch.NewDisposeScope();
        var squares = x.square().sum(-1L).unsqueeze(-1) + y.square().sum(-1L).unsqueeze(-2);
        return scope.MoveToOuter(squares.sub_(x.matmul(y.transpose(-2, -1)).mul_(2)).clamp_min_(0));
    }

    // The columns' potential in units of eps: [..., m].
    private torch.Tensor Solve(Problem problem, torch.Tensor start) => Fixed(start, v => problem.Columns(problem.Rows(v)));

    // Rows and columns are the same points and have one potential: the mean of it and its update does not swing from side to side.
    private torch.Tensor Symmetric(Problem problem) => Fixed(problem.Start, v => (v + problem.Rows(v)) / 2);

    private torch.Tensor Fixed(torch.Tensor start, Func<torch.Tensor, torch.Tensor> update)
    {
        using var scope = torch.NewDisposeScope();
        var v = start.alias();
        for (var iteration = 1; iteration <= Iterations; iteration++)
        {
            using var step = torch.NewDisposeScope();
            var next = update(v);
            var over = iteration % Between == 0 && (next - v).abs_().max().ToDouble() <= Tolerance;
            v.Dispose();
            v = step.MoveToOuter(next);
            if (over)
            {
                break;
            }
        }

        return scope.MoveToOuter(v);
    }

    /// <summary>Costs in units of -eps, and masses.</summary>
    private sealed class Problem(torch.Tensor weights, torch.Tensor? a = null, torch.Tensor? b = null)
    {
        private readonly torch.Tensor _rows = a ?? Equal(weights, -2);
        private readonly torch.Tensor _columns = b ?? Equal(weights, -1);

        internal torch.Tensor Start => torch.zeros_like(weights.select(-2, 0));

        internal torch.Tensor Rows(torch.Tensor v) => (weights + (v + _columns.log()).unsqueeze(-2)).logsumexp(-1).neg_();

        internal torch.Tensor Columns(torch.Tensor u) => (weights + (u + _rows.log()).unsqueeze(-1)).logsumexp(-2).neg_();

        /// <summary>The dual value: the rows' potential that belongs to v is the best for it.</summary>
        internal torch.Tensor Value(torch.Tensor v) => (Rows(v) * _rows).sum(-1L) + (v * _columns).sum(-1L);

        internal torch.Tensor Plan(torch.Tensor v) =>
            ((Rows(v) + _rows.log()).unsqueeze(-1) + (v + _columns.log()).unsqueeze(-2) + weights).exp();

        private static torch.Tensor Equal(torch.Tensor weights, int dimension)
        {
            var count = weights.shape[weights.shape.Length + dimension];
            return torch.full([count], 1.0 / count, weights.dtype, weights.device);
        }
    }
}
