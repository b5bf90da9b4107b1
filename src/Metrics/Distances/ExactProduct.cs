using Dfx.Numerics;

namespace Dfx.Metrics.Distances;

/// <summary>
/// The sum of q q^T over vectors q of whole numbers, exact. As long as the sums of squares are below 2^53 every sum of products is too, by Cauchy
/// and Schwarz, and float64 arithmetic has no rounding in whatever order; beyond that the sums are moved to 64-bit integers.
/// </summary>
/// <param name="dimension">Numbers a vector, D.</param>
internal sealed class ExactProduct(int dimension) : IDisposable
{
    // Less than 2^53 by far more than the rounding of the sums of squares that are held against it.
    private const double MostPending = (1L << 53) - (1L << 30);
    private const long MostTotal = 1L << 62;

    // Rows squared or moved at once: for all of them the memory would be fresh, which costs more than the work.
    private const int Rows = 512;

    private readonly torch.Tensor _pending = torch.zeros([dimension, dimension], dtype: torch.float64).DetachFromDisposeScope();
    private readonly torch.Tensor _total = torch.zeros([dimension, dimension], dtype: torch.int64).DetachFromDisposeScope();
    private double _squares;

    /// <summary>Adds vectors.</summary>
    /// <param name="digits">Whole numbers up to 2^26 in size, float64 [n, D].</param>
    public void Add(torch.Tensor digits)
    {
        using var scope = torch.NewDisposeScope();
        var (rows, squares) = (digits.shape[0], LargestSquares(digits));
        if (squares > MostPending)
        {
            Add(digits.narrow(0, 0, rows / 2));
            Add(digits.narrow(0, rows / 2, rows - (rows / 2)));
            return;
        }

        if (_squares + squares > MostPending)
        {
            Spill();
        }

        _squares += squares;
        GramSum.Add(_pending, digits);
    }

    /// <summary>Adds what another product is the sum of.</summary>
    public void Add(ExactProduct other) => _total.add_(other.Total());

    /// <summary>The sum so far, int64 [D, D]: the elements right from the diagonal on. It changes with what is added.</summary>
    public torch.Tensor Total()
    {
        if (_squares > 0)
        {
            Spill();
        }

        return _total;
    }

    /// <summary>Releases the tensors.</summary>
    public void Dispose()
    {
        _pending.Dispose();
        _total.Dispose();
    }

    private static double LargestSquares(torch.Tensor digits)
    {
        var sums = torch.zeros([digits.shape[1]], dtype: torch.float64);
        for (var first = 0L; first < digits.shape[0]; first += Rows)
        {
            using var step = torch.NewDisposeScope();
            sums.add_(digits.narrow(0, first, Math.Min(Rows, digits.shape[0] - first)).square().sum([0L]));
        }

        return sums.max().ToDouble();
    }

    private void Spill()
    {
        using var scope = torch.NewDisposeScope();
        for (var first = 0L; first < dimension; first += Rows)
        {
            using var step = torch.NewDisposeScope();
            var rows = _pending.narrow(0, first, Math.Min(Rows, dimension - first));
            _total.narrow(0, first, rows.shape[0]).add_(rows.to(torch.int64));
            rows.fill_(0);
        }

        _squares = 0;

        // A spill adds less than 2^53, so no sum passes 2^63 unseen, and the largest one stands on the diagonal.
        if (_total.diagonal().max().ToInt64() > MostTotal)
        {
            throw new InvalidOperationException("the feature vectors are too many: their sums of squares pass 2^62 of their unit");
        }
    }
}
