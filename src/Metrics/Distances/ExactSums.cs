namespace Dfx.Metrics.Distances;

/// <summary>
/// Sums of feature vectors and of their outer products without any rounding, from batches, in O(D^2) memory: the result does not depend on the
/// order of the vectors or on the batches, bit for bit, and no digits cancel however far the features are from 0.
/// </summary>
/// <remarks>
/// A feature becomes a whole number of some power of two, with one unit for all features: 2^-32, which changes no float32 of size 2^-9 to 2^9, or a
/// larger one if a number is beyond that. It has two digits H and L of 21 bits; the products H^T H, L^T L and (H + L)^T (H + L) hold all that is
/// needed (Karatsuba 1962), and each is exact (<see cref="ExactProduct"/>). They are joined with 128 bits at the end. This is the splitting of
/// Ozaki et al. 2012, "Error-free transformations of matrix multiplication". Three products take three times as long as one, so vectors of more
/// than 512 numbers have one digit of 24 bits below the power of two above the largest number: as float32 has it for the largest. That is the
/// only rounding.
/// </remarks>
internal sealed class ExactSums : IDisposable
{
    /// <summary>How many vectors there may be.</summary>
    public const long MostVectors = 1L << 21;

    /// <summary>The largest D with two digits.</summary>
    public const long MostForTwoDigits = 512;

    private const int DigitBits = 21;
    private const double Digit = 1L << DigitBits;

    private const int OnlyDigitBits = 24;

    // Rows of one product, and rows rounded at once: small enough for memory that was used before.
    private const int Rows = 4096;
    private const int RowsAtOnce = 512;

    private readonly int _dimension;
    private readonly int _fraction;
    private readonly torch.Tensor _waiting;
    private readonly torch.Tensor _sums;
    private readonly ExactProduct[] _products;
    private int _rows;
    private double _largest;

    /// <summary>Sums of nothing.</summary>
    /// <param name="dimension">Numbers a vector, D.</param>
    /// <param name="fraction">The unit is 2^-fraction, where numbers are small enough for it; null for the finest.</param>
    public ExactSums(long dimension, int? fraction = null)
    {
        _dimension = (int)dimension;
        _fraction = fraction ?? MostFraction;
        _waiting = torch.empty([Rows, dimension], dtype: torch.float64).DetachFromDisposeScope();
        _sums = torch.zeros([2, dimension], dtype: torch.int64).DetachFromDisposeScope();
        _products = [.. Enumerable.Range(0, TwoDigits ? 3 : 1).Select(_ => new ExactProduct(_dimension))];
    }

    /// <summary>How many vectors were added.</summary>
    public long Count { get; private set; }

    private bool TwoDigits => _dimension <= MostForTwoDigits;

    private int WholeBits => TwoDigits ? (2 * DigitBits) - 1 : OnlyDigitBits;

    private int MostFraction => TwoDigits ? 32 : 64;

    // The exponent of the finest unit that the largest number allows: it depends on the set of vectors alone.
    private int Fraction => _largest > 0 ? Math.Min(MostFraction, WholeBits - Math.ILogB(_largest) - 1) : MostFraction;

    /// <summary>The statistics of vectors that come in batches, with the finest unit that all of them fit.</summary>
    /// <param name="dimension">Numbers a vector, D.</param>
    /// <param name="addAll">Adds every vector and says whether all fitted; asked again with a larger unit if not.</param>
    /// <exception cref="InvalidOperationException">There are fewer than two vectors, too many, or a number is not finite.</exception>
    public static FeatureStatistics Widening(long dimension, Func<ExactSums, bool> addAll)
    {
        for (int? fraction = null; ;)
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
        var largest = features.shape[0] == 0 ? 0 : Math.Max(features.max().ToDouble(), -features.min().ToDouble());
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
            var count = Math.Min(Math.Min(Rows - _rows, RowsAtOnce), features.shape[0] - first);
            Wait(features.narrow(0, first, count));
            first += count;
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
        foreach (var (sum, more) in _products.Zip(other._products))
        {
            sum.Add(more);
        }
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
        foreach (var product in _products)
        {
            product.Dispose();
        }
    }

    private void Wait(torch.Tensor features)
    {
        using var scope = torch.NewDisposeScope();
        var waiting = _waiting.narrow(0, _rows, features.shape[0]);
        waiting.copy_(waiting.copy_(features).mul_(Math.ScaleB(1, _fraction)).round());
        _rows += (int)features.shape[0];
        if (_rows == Rows)
        {
            Flush();
        }
    }

    private void Flush()
    {
        if (_rows == 0)
        {
            return;
        }

        using var scope = torch.NewDisposeScope();
        var whole = _waiting.narrow(0, 0, _rows);
        var high = TwoDigits ? (whole / Digit).round() : whole;
        AddTo(0, high);
        if (TwoDigits)
        {
            var low = whole.sub_(high * Digit);
            AddTo(1, low);
            _products[2].Add(high.add_(low));
        }

        _rows = 0;
    }

    private void AddTo(int digit, torch.Tensor digits)
    {
        _sums[digit].add_(digits.sum([0L]).to(torch.int64));
        _products[digit].Add(digits);
    }

    private Int128[] Totals()
    {
        var digits = _sums.data<long>().ToArray();
        return [.. Enumerable.Range(0, _dimension).Select(i => TwoDigits ? ((Int128)digits[i] << DigitBits) + digits[_dimension + i] : digits[i])];
    }

    private torch.Tensor Covariance(Int128[] sums)
    {
        var scatter = TwoDigits ? ExactScatter.OfTwoDigits(Count, sums, Products) : ExactScatter.OfOneDigit(Count, _sums[0], _products[0].Total());
        return scatter.mul_(Math.ScaleB(1, -2 * _fraction) / (Count - 1));
    }

    // Row i of G, from column i on.
    private Int128[] Products(int i)
    {
        using var scope = torch.NewDisposeScope();
        var rows = Array.ConvertAll(_products, p => p.Total()[i].data<long>().ToArray());
        var (high, low, both) = (rows[0], rows[1], rows[2]);
        return [.. high.Select((h, j) => ((Int128)h << (2 * DigitBits)) + ((Int128)(both[j] - h - low[j]) << DigitBits) + low[j])];
    }
}
