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

    // Columns of a product's left side at once.
    private const int Columns = 512;

    private readonly torch.Tensor _pending = torch.zeros([dimension, dimension], dtype: torch.float64).DetachFromDisposeScope();
    private readonly torch.Tensor _total = torch.zeros([dimension, dimension], dtype: torch.int64).DetachFromDisposeScope();
    private double _squares;

    /// <summary>Adds vectors.</summary>
    /// <param name="digits">Whole numbers up to 2^26 in size, float64 [n, D].</param>
    public void Add(torch.Tensor digits)
    {
        using var scope = torch.NewDisposeScope();
        var (rows, squares) = (digits.shape[0], digits.norm(0).square().max().ToDouble());
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

        // The product is symmetric: what lies left of a block column was summed with the block before.
        for (var first = 0L; first < dimension; first += Columns)
        {
            using var step = torch.NewDisposeScope();
            var (width, rest) = (Math.Min(Columns, dimension - first), dimension - first);
            var product = digits.narrow(1, first, width).t().mm(digits.narrow(1, first, rest));
            _pending.narrow(0, first, width).narrow(1, first, rest).add_(product);
        }
    }

    /// <summary>Adds what another product is the sum of.</summary>
    public void Add(ExactProduct other)
    {
        other.Spill();
        _total.add_(other._total);
    }

    /// <summary>Row <paramref name="i"/> of the sum, right from its diagonal on.</summary>
    public long[] Row(int i)
    {
        if (_squares > 0)
        {
            Spill();
        }

        using var row = _total[i];
        return row.data<long>().ToArray();
    }

    /// <summary>Releases the tensors.</summary>
    public void Dispose()
    {
        _pending.Dispose();
        _total.Dispose();
    }

    private void Spill()
    {
        using var scope = torch.NewDisposeScope();
        _total.add_(_pending.to(torch.int64));
        _pending.fill_(0);
        _squares = 0;

        // A spill adds less than 2^53, so no sum passes 2^63 unseen, and the largest one stands on the diagonal.
        if (_total.diagonal().max().ToInt64() > MostTotal)
        {
            throw new InvalidOperationException("the feature vectors are too many: their sums of squares pass 2^62 of their unit");
        }
    }
}
