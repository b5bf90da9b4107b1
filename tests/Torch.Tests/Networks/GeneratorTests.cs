using System.Runtime.InteropServices;

namespace Dfx.Torch.Tests.Networks;

/// <summary>Random numbers: the same seed gives the same, a state resumes, and generators do not disturb each other.</summary>
public sealed class GeneratorTests : ScopedTests
{
    private static readonly (string Name, Func<torch.Generator, torch.Tensor> Draw)[] s_draws =
    [
        ("randn", g => torch.randn([50], generator: g)),
        ("rand", g => torch.rand([50], generator: g)),
        ("randint", g => torch.randint(0, 1000, [50], generator: g)),
        ("randperm", g => torch.randperm(50, generator: g)),
        ("normal", g => torch.normal(1, 2, [50], generator: g)),
        ("bernoulli", g => torch.bernoulli(torch.full(50, 0.5), g)),
        ("multinomial", g => torch.multinomial(torch.ones(100), 50, generator: g)),
        ("normal_", g => torch.empty(50).normal_(0, 1, g)),
        ("uniform_", g => torch.empty(50).uniform_(0, 1, g)),
    ];

    [Test]
    public void The_same_seed_gives_the_same_numbers_and_another_seed_others([Range(0, 8)] int which)
    {
        var (name, draw) = s_draws[which];
        var first = From(7);
        Assert.That(From(7), Is.EqualTo(first), name);
        Assert.That(From(8), Is.Not.EqualTo(first), name);

        double[] From(ulong seed)
        {
            using var generator = new torch.Generator(seed);
            return Numbers.Of(draw(generator));
        }
    }

    [Test]
    public void A_generator_goes_on_and_a_seed_starts_it_anew([Range(0, 8)] int which)
    {
        using var generator = new torch.Generator(7);
        var first = Numbers.Of(s_draws[which].Draw(generator));
        Assert.That(Numbers.Of(s_draws[which].Draw(generator)), Is.Not.EqualTo(first));
        Assert.That(generator.manual_seed(7), Is.SameAs(generator));
        Assert.That(Numbers.Of(s_draws[which].Draw(generator)), Is.EqualTo(first));
    }

    [Test]
    public void A_state_resumes_in_another_generator()
    {
        using var one = new torch.Generator(7);
        torch.randn([13], generator: one);
        var state = one.get_state();
        var next = Numbers.Of(torch.randn([13], generator: one));
        using var other = new torch.Generator(1);
        other.set_state(state);
        Assert.That(Numbers.Of(torch.randn([13], generator: other)), Is.EqualTo(next));
        Assert.That(state.dtype, Is.EqualTo(torch.uint8));
        Assert.That(() => other.set_state(torch.zeros(3, torch.uint8)), Throws.InstanceOf<ExternalException>());
    }

    [Test]
    public void A_generator_knows_its_seed()
    {
        using var generator = new torch.Generator(42);
        torch.randn([3], generator: generator);
        Assert.That(generator.initial_seed(), Is.EqualTo(42));
        Assert.That(generator.manual_seed(-1).initial_seed(), Is.EqualTo(-1));
        Assert.That(generator.device, Is.EqualTo(torch.CPU));
    }

    [Test]
    public void A_generator_does_not_disturb_the_default_one()
    {
        torch.manual_seed(3).Dispose();
        var undisturbed = Numbers.Of(torch.randn(20));
        torch.manual_seed(3).Dispose();
        using var generator = new torch.Generator(3);
        torch.randn([1000], generator: generator);
        Assert.That(Numbers.Of(torch.randn(20)), Is.EqualTo(undisturbed));
    }

    [Test]
    public void The_default_seed_repeats_everything()
    {
        var first = All();
        Assert.That(All(), Is.EqualTo(first));

        static double[] All()
        {
            torch.manual_seed(11).Dispose();
            var x = torch.randn(10, 10);
            using var layer = torch.nn.Linear(10, 10);
            return [.. Numbers.Of(layer.call(x)), .. Numbers.Of(torch.nn.functional.dropout(x)), .. Numbers.Of(torch.rand_like(x))];
        }
    }

    [Test]
    public void The_default_generator_is_the_one_that_draws_use()
    {
        using var standard = torch.manual_seed(9);
        Assert.That(standard.initial_seed(), Is.EqualTo(9));
        var state = standard.get_state();
        var next = Numbers.Of(torch.randn(5));
        using var again = torch.Generator.Default;
        again.set_state(state);
        Assert.That(Numbers.Of(torch.randn(5)), Is.EqualTo(next));
    }

    [Test]
    public void A_disposed_generator_says_so()
    {
        var generator = new torch.Generator(1);
        generator.Dispose();
        generator.Dispose();
        Assert.That(() => torch.randn([2], generator: generator), Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(() => generator.get_state(), Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(() => generator.manual_seed(1), Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(() => generator.initial_seed(), Throws.InstanceOf<ObjectDisposedException>());
    }
}
