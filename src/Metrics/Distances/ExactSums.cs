namespace Dfx.Metrics.Distances;

/// <summary>
/// Sums of feature vectors and of their outer products without any rounding, from batches, in O(D^2) memory: the result does not depend on the
/// order of the vectors or on the batches, bit for bit, and no digits cancel however far the features are from 0.
/// </summary>
/// <remarks>
/// A feature becomes a whole number of 2^-32 (which changes no float32 of size 2^-9 or more) below 2^41, and that two digits of 21 bits. Products
/// of digits are below 2^40 in size, so a float64 matrix product over 4096 rows is a sum below 2^53 of whole numbers: exact in any order.
/// Such sums are added as 64-bit integers and joined with 128 bits at the end. This is the splitting of Ozaki et al. 2012, "Error-free
/// transformations of matrix multiplication", with one unit for all features.
/// </remarks>
internal sealed class ExactSums : IDisposable
{
    /// <summary>How many vectors the 64 bits are enough for.</summary>
    public const long MostVectors = 1L << 21;

    private const int FractionBits = 32;
    private const int DigitBits = 21;
    private const int WholeBits = (2 * DigitBits) - 1;
    private const double Digit = 1L << DigitBits;

    // Rows that a product runs over: at most 4096, and enough to keep the processor busy. Columns of its left side at once.
    private const int Rows = 1024;
    private const int Columns = 512;

    private readonly int _dimension;
    private readonly int _fraction;
    private readonly torch.Tensor _waiting;
    private readonly torch.Tensor _sums;
    private readonly torch.Tensor _products;
    private int _rows;
    private double _largest;

    /// <summary>Sums of nothing.</summary>
    /// <param name="dimension">Numbers a vector, D.</param>
    /// <param name="fraction">The unit is 2^-fraction, and numbers lie below 2^(41 - fraction).</param>
    public ExactSums(long dimension, int fraction = FractionBits)
    {
        _dimension = (int)dimension;
        _fraction = fraction;
        _waiting = torch.empty([Rows, dimension], dtype: torch.float64).DetachFromDisposeScope();
        _sums = torch.zeros([2 * dimension], dtype: torch.int64).DetachFromDisposeScope();
        _products = torch.zeros([2 * dimension, 2 * dimension], dtype: torch.int64).DetachFromDisposeScope();
    }

    /// <summary>How many vectors were added.</summary>
    public long Count { get; private set; }

    // The exponent of the finest unit that the largest number allows: it depends on the set of vectors alone.
    private int Fraction => Math.Min(FractionBits, WholeBits - Math.ILogB(Math.Max(_largest, double.Epsilon)) - 1);

    /// <summary>The statistics of vectors that come in batches, with the finest unit that all of them fit.</summary>
    /// <param name="dimension">Numbers a vector, D.</param>
    /// <param name="addAll">Adds every vector and says whether all fitted; asked again with a larger unit if not.</param>
    /// <exception cref="InvalidOperationException">There are fewer than two vectors, too many, or a number is not finite.</exception>
    public static FeatureStatistics Widening(long dimension, Func<ExactSums, bool> addAll)
    {
        for (var fraction = FractionBits; ;)
        {
            using var sums = new ExactSums(dimension, fraction);
            if (addAll(sums))
            {
                return sums.Statistics();
            }

            fraction = sums.Fraction;
        }
    }

    /// <summary>Adds vectors, unless one of their numbers is too large for the unit: then this object is of no more use.</summary>
    /// <param name="features">float32 or float64 [n, D] on the CPU.</param>
    /// <exception cref="InvalidOperationException">A number is not finite, or there are more than 2^21 vectors.</exception>
    public bool TryAdd(torch.Tensor features)
    {
        using var scope = torch.NewDisposeScope();
        Count += features.shape[0];
        var largest = features.shape[0] == 0 ? 0 : features.abs().max().ToDouble();
        if (!double.IsFinite(largest) || Count > MostVectors)
        {
            throw new InvalidOperationException($"{Count} feature vectors with numbers up to {largest}; expected finite ones, at most {MostVectors} vectors");
        }

        _largest = Math.Max(_largest, largest);
        if (Fraction < _fraction)
        {
            return false;
        }

        for (var first = 0L; first < features.shape[0];)
        {
            var count = Math.Min(Rows - _rows, features.shape[0] - first);
            _waiting.narrow(0, _rows, count).copy_(features.narrow(0, first, count));
            _rows += (int)count;
            first += count;
            if (_rows == Rows)
            {
                Flush();
            }
        }

        return true;
    }

    /// <summary>Adds the vectors that other sums of the same unit were made of.</summary>
    /// <exception cref="ArgumentException">The units differ.</exception>
    public void Add(ExactSums other)
    {
        if (other._fraction != _fraction)
        {
            throw new ArgumentException($"sums in units of 2^-{other._fraction} and of 2^-{_fraction}", nameof(other));
        }

        other.Flush();
        Count += other.Count;
        _sums.add_(other._sums);
        _products.add_(other._products);
    }

    /// <summary>Mean and covariance, each number rounded once or twice from the exact one.</summary>
    /// <exception cref="InvalidOperationException">There are fewer than two vectors.</exception>
    public FeatureStatistics Statistics()
    {
        Flush();
        if (Count < 2)
        {
            throw new InvalidOperationException($"a covariance of {Count} feature vector; expected at least 2");
        }

        using var scope = torch.NewDisposeScope();
        var sums = Totals();
        var mean = torch.tensor(sums.Select(sum => Math.ScaleB((double)sum, -_fraction) / Count).ToArray());
        return new(Count, mean.DetachFromDisposeScope(), Covariance(sums).DetachFromDisposeScope());
    }

    /// <summary>Releases the tensors.</summary>
    public void Dispose()
    {
        _waiting.Dispose();
        _sums.Dispose();
        _products.Dispose();
    }

    private void Flush()
    {
        if (_rows == 0)
        {
            return;
        }

        using var scope = torch.NewDisposeScope();
        var whole = (_waiting.narrow(0, 0, _rows) * Math.ScaleB(1, _fraction)).round();
        var high = (whole / Digit).round();
        var digits = torch.cat([high, whole - (high * Digit)], 1);
        _sums.add_(digits.sum([0L]).to(torch.int64));
        for (var first = 0L; first < 2 * _dimension; first += Columns)
        {
            // The matrix is symmetric: what lies left of a block column was summed with the block before.
            using var step = torch.NewDisposeScope();
            var (width, rest) = (Math.Min(Columns, (2 * _dimension) - first), (2 * _dimension) - first);
            var product = digits.narrow(1, first, width).t().mm(digits.narrow(1, first, rest));
            _products.narrow(0, first, width).narrow(1, first, rest).add_(product.to(torch.int64));
        }

        _rows = 0;
    }

    private Int128[] Totals()
    {
        var digits = _sums.data<long>().ToArray();
        return [.. Enumerable.Range(0, _dimension).Select(i => ((Int128)digits[i] << DigitBits) + digits[_dimension + i])];
    }

    // n G - s s^T in 128 bits: G below 2^82 n with n up to 2^21.
    private torch.Tensor Covariance(Int128[] sums)
    {
        var high = _products.narrow(0, 0, _dimension).narrow(1, 0, _dimension);
        var mixed = _products.narrow(0, 0, _dimension).narrow(1, _dimension, _dimension);
        var low = _products.narrow(0, _dimension, _dimension).narrow(1, _dimension, _dimension);
        var both = mixed + mixed.t();
        var values = new double[(long)_dimension * _dimension];
        for (var i = 0; i < _dimension; i++)
        {
            var (h, m, l) = (Row(high, i), Row(both, i), Row(low, i));
            for (var j = i; j < _dimension; j++)
            {
                var product = ((Int128)h[j] << (2 * DigitBits)) + ((Int128)m[j] << DigitBits) + l[j];
                var scatter = (double)((Count * product) - (sums[i] * sums[j]));
                values[((long)j * _dimension) + i] = values[((long)i * _dimension) + j] = Math.ScaleB(scatter, -2 * _fraction) / ((double)Count * (Count - 1));
            }
        }

        return torch.tensor(values, [_dimension, _dimension]);
    }

    private static long[] Row(torch.Tensor matrix, int row)
    {
        using var values = matrix[row];
        return values.data<long>().ToArray();
    }
}
