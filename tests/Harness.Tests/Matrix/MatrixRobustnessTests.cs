using Dfx.Harness.Matrix;
using Dfx.Harness.Tests.Plugins;

namespace Dfx.Harness.Tests.Matrix;

/// <summary>No file crashes the reader, and the order of keys means nothing.</summary>
public sealed class MatrixRobustnessTests
{
    private static readonly string[] s_full =
    [
        "name: full",
        "datasets: [{ dataset: test-shapes, with: { size: 8 }, training: { batch: 2 } }]",
        "tasks: [generate, test-half]",
        "network: { channels: 8, blocks: 1 }",
        "training: { steps: 20, batch: 4, checkpoints: [0.5, 1.0] }",
        "methods: [test-affine, { method: test-blur, name: blur, nfe: 3 }]",
        "corrections: [none, { correction: test-shrink, source: test-affine, teacher: test-shrink }]",
        "samplers: [test-euler, { sampler: test-naive, nfe: [2, 4] }]",
        "nfe: [5, 7]",
        "seeds: [0, 1]",
        "samples: 16",
        "sampling-batch: 8",
        "threads: 1",
        "limits: { time: 30m, memory: 8GiB }",
        "metrics: [test-mean, test-mse]",
        "analyses: [{ analysis: test-levels, method: test-affine }]",
    ];

    /// <summary>A matrix that has every key.</summary>
    internal static string Full => string.Join('\n', s_full) + "\n";

    [Test]
    public void The_order_of_keys_means_nothing([Range(1, 12)] int seed)
    {
        var shuffled = (string[])s_full.Clone();
        new Random(seed).Shuffle(shuffled);
        Assert.That(Shuffled(shuffled), Is.EqualTo(Shuffled(s_full)));
    }

    /// <summary>Deep enough that a reader that recursed would end the process.</summary>
    [TestCase('[', ']')]
    [TestCase('{', '}')]
    public void Deep_nesting_is_an_error(char open, char close)
    {
        const int depth = 200_000;
        var text = "datasets: " + new string(open, depth) + "a" + new string(close, depth) + "\n";
        Assert.That(Matrices.Error(text), Does.StartWith("m.yaml:1:").And.Contain("nested more than 50 deep"));
    }

    [Test]
    public void Deep_block_nesting_is_an_error() =>
        Assert.That(Matrices.Error(string.Concat(Enumerable.Repeat("- ", 5000)) + "a\n"), Does.Contain("nested more than 50 deep"));

    [Test]
    public void A_long_file_is_read()
    {
        var seeds = string.Join(", ", Enumerable.Range(0, 50_000));
        Assert.That(Matrices.Read(("seeds", $"[{seeds}]")).Seeds, Has.Count.EqualTo(50_000));
        Assert.That(Matrices.Read(("metrics", $"[{{ metric: test-mean, name: '{new string('x', 100_000)}' }}]")).Metrics, Has.Count.EqualTo(1));
    }

    [TestCase("&a [*a]")]
    [TestCase("&a { method: *a }")]
    [TestCase("[&a [*a, *a], *a]")]
    public void A_list_that_holds_itself_is_an_error(string value) => Assert.That(Matrices.Error(("methods", value)), Does.StartWith("m.yaml:"));

    /// <summary>Whatever bytes are changed, the file is a matrix or one error that names it.</summary>
    [Test]
    public void Damaged_files_are_errors_that_name_the_file()
    {
        const string alphabet = "[]{}:,-#&*!|>'\"%@`\n \t0~?<=\\aé\u0000";
        var whole = Full;
        var random = new Random(5);
        using var scratch = new ScratchFolder();
        var path = scratch.At("m.yaml");
        var read = 0;
        for (var i = 0; i < 1500; i++)
        {
            var text = whole.ToCharArray().ToList();
            for (var j = 0; j < 1 + (i % 4); j++)
            {
                var at = random.Next(text.Count);
                switch (random.Next(4))
                {
                    case 0: text.RemoveAt(at); break;
                    case 1: text.Insert(at, alphabet[random.Next(alphabet.Length)]); break;
                    case 2: text[at] = alphabet[random.Next(alphabet.Length)]; break;
                    default: text.RemoveRange(at, Math.Min(random.Next(1, 40), text.Count - at)); break;
                }
            }

            File.WriteAllText(path, string.Concat(text));
            try
            {
                _ = Plans.Make(MatrixReader.Read(path, TestPlugins.Catalog));
                read++;
            }
            catch (UsageException e)
            {
                Assert.That(e.Message, Does.StartWith(path + ":"), string.Concat(text));
            }
            catch (Exception e)
            {
                Assert.Fail($"{e.GetType().Name}: {e.Message}\n{e.StackTrace}\n{string.Concat(text)}");
            }
        }

        Assert.That(read, Is.InRange(5, 1400));
    }

    private static List<string> Shuffled(string[] lines) => [.. Plans.Make(Matrices.ReadText(string.Join('\n', lines))).Jobs.Select(job => job.Key)];
}
